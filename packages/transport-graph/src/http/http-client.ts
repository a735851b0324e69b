import type { IncomingHttpHeaders } from 'node:http';
import { Pool } from 'undici';
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
      readonly reason: 'network' | 'closed' | 'timeout' | 'late' | 'aborted' | 'too large';
      readonly sent: boolean;
      readonly cause: Error;
    };

const CONNECT_TIMEOUT_MS = 10_000;
const KEEP_ALIVE_MS = 30_000;

/** Sends requests over kept-alive connections, each once. Every one settles by its deadline with a result. */
export class HttpClient {
  readonly #pool: Pool;

  constructor(origin: string) {
    this.#pool = new Pool(origin, {
      // Deadlines are ours and cover the whole request; undici's would start anew with each chunk.
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveTimeout: KEEP_ALIVE_MS,
      connect: { timeout: CONNECT_TIMEOUT_MS },
    });
  }

  send(request: HttpRequest): Promise<HttpResult> {
    if (this.#pool.closed || this.#pool.destroyed) {
      return Promise.resolve({ kind: 'failure', reason: 'closed', sent: false, cause: new Error('it was closed') });
    }
    return new Promise((resolve) => {
      const exchange = new Exchange(request, resolve);
      const { method, path, headers, body = null } = request;
      // A string is sent with Content-Length.
      if (!exchange.isOver) this.#pool.dispatch({ method, path, headers, body }, exchange);
    });
  }

  /** Waits for what is under way. */
  async close(): Promise<void> {
    if (!this.#pool.closed) await this.#pool.close();
  }
}
