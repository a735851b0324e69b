import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import { dispatcherFor } from './dispatcher-for.js';
import { Exchange } from './exchange.js';

/** One request. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Given up, sent or not, when it is aborted. */
  readonly signal: AbortSignal;
  /** Milliseconds since the epoch: not sent later than this. */
  readonly sendBy: number;
  /** Milliseconds for everything, from now to the last byte of the response. */
  readonly timeoutMs: number;
}

/** A whole response, or why there is none and whether the server may have seen the request. */
export type HttpResult =
  | { readonly kind: 'response'; readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: string }
  | {
      readonly kind: 'failure';
      readonly reason: 'network' | 'certificate' | 'closed' | 'timeout' | 'late' | 'aborted' | 'too large';
      readonly sent: boolean;
      readonly cause: Error;
    };

/** Sends requests over kept-alive connections, each once. Every one settles by its deadline with a result. */
export class HttpClient {
  readonly #origin: string;
  readonly #dispatcher: Dispatcher;
  #closing: Promise<void> | undefined;

  /** @throws AppointedError `invalid_options`, where the environment names a proxy that is none */
  constructor(origin: string) {
    this.#origin = origin;
    this.#dispatcher = dispatcherFor(origin);
  }

  send(request: HttpRequest): Promise<HttpResult> {
    if (this.#closing !== undefined) {
      return Promise.resolve({ kind: 'failure', reason: 'closed', sent: false, cause: new Error('it was closed') });
    }
    return new Promise((resolve) => {
      const exchange = new Exchange(request, resolve);
      const { method, path, headers, body = null } = request;
      // A string is sent with Content-Length.
      if (!exchange.isOver) this.#dispatcher.dispatch({ origin: this.#origin, method, path, headers, body }, exchange);
    });
  }

  /** Waits for what is under way. */
  close(): Promise<void> {
    this.#closing ??= this.#dispatcher.close();
    return this.#closing;
  }
}
