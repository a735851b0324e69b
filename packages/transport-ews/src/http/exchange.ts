import type { IncomingHttpHeaders } from 'node:http';
import type { Socket } from 'node:net';
import type { Dispatcher } from 'undici';
import type { Connection } from './connection.js';
import type { Exchanges } from './exchanges.js';
import type { FailureReason, HttpRequest, HttpResult } from './http-client.js';

const LARGEST_RESPONSE = 64 * 1024 * 1024;

/** Names by Node, OpenSSL and {@link throughProxy} for what no further try mends. */
const UNUSABLE =
  /^(?:ERR_TLS_|ERR_SSL_(?:TLSV1_ALERT_PROTOCOL|SSLV3_ALERT_HANDSHAKE|UNSUPPORTED_PROTOCOL|WRONG_VERSION)|ERR_PROXY_SIGN_IN|CERT_|INVALID_|PATH_LENGTH_|UNSPECIFIED$|DEPTH_ZERO_SELF_SIGNED|SELF_SIGNED_CERT|UNABLE_TO_(?:VERIFY|GET)_)/;

/** Is told the result of an exchange. */
export type Settle = (result: HttpResult) => void;

/** One request on its way. */
export class Exchange implements Dispatcher.DispatchHandler {
  readonly #request: HttpRequest;
  readonly #connection: Connection;
  readonly #socket: Socket | undefined;
  readonly #resolve: Settle;
  readonly #underWay: Exchanges;
  readonly #chunks: Buffer[] = [];
  #controller: Dispatcher.DispatchController | undefined;
  #status = 0;
  #headers: IncomingHttpHeaders = {};
  #size = 0;
  /** On the clock of `performance.now`. */
  readonly deadline: number;
  isOver = false;
  /** Of {@link Exchanges}: where it stands. */
  place = 0;

  /**
   * @param socket of the connection: it is sent on this one, if one is given, or not at all
   * @param underWay in which it stands until it is over
   */
  constructor(
    request: HttpRequest,
    connection: Connection,
    socket: Socket | undefined,
    underWay: Exchanges,
    resolve: Settle,
  ) {
    this.#request = request;
    this.#connection = connection;
    this.#socket = socket;
    this.#resolve = resolve;
    this.#underWay = underWay;
    this.deadline = performance.now() + request.timeoutMs;
    underWay.add(this);
    if (request.signal.aborted) this.giveUp();
  }

  timeOut(): void {
    this.#fail('timeout', new Error(`no complete answer within ${this.#request.timeoutMs} ms`));
  }

  giveUp(): void {
    this.#fail('aborted', new Error('aborted'));
  }

  /** Called by undici right before it writes to the socket. What is thrown here keeps the request from being sent. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.isOver) throw new Error('given up before it was sent');
    if (this.#controller !== undefined) throw this.#fail('network', new Error('the connection closed; not sent twice'));
    if (Date.now() > this.#request.sendBy) throw this.#fail('late', new Error('no connection was free in time'));
    if (this.#socket !== undefined && this.#socket !== this.#connection.socket)
      throw this.#fail('moved', new Error('the connection closes between two requests, and cannot be signed in'));
    this.#controller = controller;
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    this.#status = status;
    this.#headers = headers;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#size += chunk.length;
    if (this.#size > LARGEST_RESPONSE)
      this.#fail('too_large', new Error(`the answer exceeds ${LARGEST_RESPONSE} bytes`));
    else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    const [first] = this.#chunks;
    const whole = this.#chunks.length === 1 && first !== undefined ? first : Buffer.concat(this.#chunks);
    this.#settle({ kind: 'response', status: this.#status, headers: this.#headers, body: whole });
  }

  onResponseError(_controller: unknown, error: Error): void {
    const { code = '' } = error as NodeJS.ErrnoException;
    // What was sent has found a way.
    this.#fail(this.#controller === undefined && UNUSABLE.test(code) ? 'unusable' : 'network', error);
  }

  #fail(reason: FailureReason, cause: Error): Error {
    if (this.isOver) return cause;
    this.#settle({ kind: 'failure', reason, sent: this.#controller !== undefined, cause });
    this.#controller?.abort(cause);
    return cause;
  }

  #settle(result: HttpResult): void {
    if (this.isOver) return;
    this.isOver = true;
    this.#underWay.delete(this);
    this.#resolve(result);
  }
}
