import type { IncomingHttpHeaders } from 'node:http';
import type { Socket } from 'node:net';
import type { Connection } from './connection.js';
import { type ConnectionSignIn, type SendOn, signInAndSend } from './connection-sign-in.js';
import { Connections } from './connections.js';
import { type Connector, connectorTo, type ServerOptions } from './connector.js';
import { Exchange, type Settle } from './exchange.js';
import { ExchangesBySignal } from './exchanges-by-signal.js';
import { InOneGo } from './in-one-go.js';
import { SignInGate } from './sign-in-gate.js';

/** One POST, or what it is said to be. */
export interface HttpRequest {
  readonly method?: 'GET';
  readonly path: string;
  /** Names and values in turn. */
  readonly headers: string[];
  readonly body: string;
  /** Given up, sent or not, when it is aborted. */
  readonly signal: AbortSignal;
  /** Milliseconds since the epoch: not sent later than this. */
  readonly sendBy: number;
  /** Milliseconds for everything, from now to the last byte of the response. */
  readonly timeoutMs: number;
}

/** A whole response, or why there is none and whether the server may have seen the request. */
export type HttpResult =
  | { readonly kind: 'response'; readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: Buffer }
  | { readonly kind: 'failure'; readonly reason: FailureReason; readonly sent: boolean; readonly cause: Error };

/**
 * `late`: its `sendBy` passed while it waited for a connection. `closed`: the client was closed before. `moved`: the
 * socket on which it was to be sent is closed. `unusable`: there is no safe way, for a certificate, an old TLS or a proxy.
 */
export type FailureReason = 'network' | 'moved' | 'closed' | 'unusable' | 'timeout' | 'late' | 'aborted' | 'too_large';

/** How connections are made. */
export interface HttpClientOptions extends ServerOptions {
  /** Where connections are signed in, and not requests. */
  readonly signIn?: ConnectionSignIn | undefined;
}

const OPTIONS = {
  // Deadlines are ours and cover the whole request; undici's would start anew with each chunk.
  headersTimeout: 0,
  bodyTimeout: 0,
  keepAliveTimeout: 30_000,
};

/**
 * Posts over kept-alive connections. Every request settles by its deadline with a result, never with an exception but
 * the sign-in's; it is sent at most once, if it is not answered by 401, and the result tells whether it was.
 */
export class HttpClient {
  readonly #origin: URL;
  readonly #connect: Connector;
  readonly #signIn: ConnectionSignIn | undefined;
  readonly #gate = new SignInGate();
  #connections: Connections;
  #leaving: Promise<unknown> = Promise.resolve();
  readonly #underWay = new ExchangesBySignal();
  readonly #settled = new InOneGo();
  #closing: Promise<void> | undefined;

  /** @throws AppointedError `invalid_options`, where the environment names a proxy that makes no sense */
  constructor({ signIn, ...server }: HttpClientOptions) {
    this.#origin = new URL(server.origin);
    this.#connect = connectorTo(server);
    this.#signIn = signIn;
    this.#connections = this.#connectAnew();
  }

  post(request: HttpRequest): Promise<HttpResult> {
    if (this.#closing !== undefined) {
      return Promise.resolve({ kind: 'failure', reason: 'closed', sent: false, cause: new Error('it was closed') });
    }
    return new Promise((resolve, reject) => {
      const connections = this.#connections;
      const connection = connections.take();
      const settle = (result: HttpResult): void => {
        this.#settled.add(() => {
          // Not before: after an odd answer nobody else may be sent on it.
          connections.giveBack(connection);
          resolve(result);
        });
      };
      const fail = (cause: unknown): void => {
        connections.giveBack(connection);
        reject(cause);
      };
      const signIn = this.#signIn;
      const { signedIn } = connection;
      if (signIn === undefined) this.#send(connection, request, undefined, settle);
      else if (signedIn === undefined) this.#sendSigningIn(connection, request, signIn, { settle, fail });
      else {
        const deadline = Date.now() + request.timeoutMs;
        this.#send(connection, request, signedIn, (result) => {
          if (isUnsigned(result)) this.#sendSigningIn(connection, request, signIn, { settle, fail }, deadline);
          else settle(result);
        });
      }
    });
  }

  #sendSigningIn(
    connection: Connection,
    request: HttpRequest,
    signIn: ConnectionSignIn,
    { settle, fail }: { readonly settle: Settle; readonly fail: (cause: unknown) => void },
    deadline = Date.now() + request.timeoutMs,
  ): void {
    const { hostname } = this.#origin;
    const send: SendOn = (part, socket) => new Promise((resolve) => this.#send(connection, part, socket, resolve));
    const attempt = async (): Promise<HttpResult> => {
      const result = await signInAndSend(request, connection, { signIn, hostname, deadline, send });
      this.#gate.learn(result);
      return result;
    };
    this.#gate.pass(attempt).then(settle, fail);
  }

  #send(connection: Connection, request: HttpRequest, socket: Socket | undefined, settle: Settle): void {
    const exchange = new Exchange(request, connection, socket, this.#underWay.of(request.signal), settle);
    if (exchange.isOver) return;
    const { method = 'POST', path, headers, body } = request;
    try {
      // A string is sent with Content-Length: some servers refuse chunked requests.
      connection.client.dispatch({ method, path, headers, body }, exchange);
    } catch (error) {
      exchange.onResponseError(undefined, error instanceof Error ? error : new Error(String(error)));
    }
  }

  /**
   * Uses no connection again that is open now; what is under way ends there. After an answer that cannot be read, more
   * of it may follow on its connection and be taken for the answer to the next request.
   */
  leaveConnections(): void {
    if (this.#closing !== undefined) return;
    const left = this.#connections;
    this.#connections = this.#connectAnew();
    this.#leaving = Promise.all([this.#leaving, left.close()]);
  }

  #connectAnew(): Connections {
    return new Connections(this.#origin.origin, OPTIONS, this.#connect);
  }

  /** Waits for what is under way. */
  close(): Promise<void> {
    this.#closing ??= Promise.all([this.#leaving, this.#connections.close()]).then(() => undefined);
    return this.#closing;
  }
}

/** It was sent on a connection that is signed in no more, or was not sent since that is closed: nothing was done. */
function isUnsigned(result: HttpResult): boolean {
  return result.kind === 'response' ? result.status === 401 : result.reason === 'moved';
}
