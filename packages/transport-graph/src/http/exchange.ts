import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import type { HttpRequest, HttpResult } from './http-client.js';

const CERTIFICATE_ERRORS = /^(?:ERR_TLS_|CERT_|DEPTH_ZERO_SELF_SIGNED|SELF_SIGNED_CERT|UNABLE_TO_(?:VERIFY|GET)_)/;
const LARGEST_RESPONSE = 64 * 1024 * 1024;

type FailureReason = Extract<HttpResult, { kind: 'failure' }>['reason'];

/** One request on its way: what undici tells of it, and what ends it before. */
export class Exchange implements Dispatcher.DispatchHandler {
  readonly #request: HttpRequest;
  readonly #resolve: (result: HttpResult) => void;
  readonly #timer: NodeJS.Timeout;
  readonly #chunks: Buffer[] = [];
  #controller: Dispatcher.DispatchController | undefined;
  #status = 0;
  #headers: IncomingHttpHeaders = {};
  #size = 0;
  isOver = false;

  constructor(request: HttpRequest, resolve: (result: HttpResult) => void) {
    const { signal, timeoutMs } = request;
    this.#request = request;
    this.#resolve = resolve;
    this.#timer = setTimeout(() => this.#fail('timeout', `no complete answer within ${timeoutMs} ms`), timeoutMs);
    if (signal.aborted) this.#giveUp();
    else signal.addEventListener('abort', this.#giveUp);
  }

  /** Called right before the first byte is written. What is thrown here keeps the request from being sent. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.isOver) throw new Error('given up before it was sent');
    if (this.#controller !== undefined) throw this.#fail('network', 'the connection closed; not sent twice');
    if (Date.now() > this.#request.sendBy) throw this.#fail('late', 'no connection was free in time');
    this.#controller = controller;
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    this.#status = status;
    this.#headers = headers;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    if (this.#size > LARGEST_RESPONSE) this.#fail('too large', `the answer exceeds ${LARGEST_RESPONSE} bytes`);
  }

  onResponseEnd(): void {
    const body = Buffer.concat(this.#chunks).toString('utf8');
    this.#settle({ kind: 'response', status: this.#status, headers: this.#headers, body });
  }

  onResponseError(_controller: unknown, { message, cause, code = '' }: NodeJS.ErrnoException): void {
    const reason = CERTIFICATE_ERRORS.test(code) ? 'certificate' : 'network';
    this.#fail(reason, cause instanceof Error ? `${message}: ${cause.message}` : message);
  }

  readonly #giveUp = (): void => {
    this.#fail('aborted', 'aborted');
  };

  #fail(reason: FailureReason, message: string): Error {
    const cause = new Error(message);
    if (this.isOver) return cause;
    this.#settle({ kind: 'failure', reason, sent: this.#controller !== undefined, cause });
    this.#controller?.abort(cause);
    return cause;
  }

  #settle(result: HttpResult): void {
    if (this.isOver) return;
    this.isOver = true;
    clearTimeout(this.#timer);
    this.#request.signal.removeEventListener('abort', this.#giveUp);
    this.#resolve(result);
  }
}
