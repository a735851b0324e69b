import type { IncomingMessage } from 'node:http';
import { TOKEN_OPERATION, TokenEndpoint } from '../entra/token-endpoint.js';
import type { Interceptable } from '../faults/fault-injector.js';
import { type GraphEndpoint, MOST_BYTES } from '../graph/endpoint.js';
import { GraphFaultAnswers } from '../graph/graph-fault-answers.js';
import type { GraphRequest } from '../graph/request.js';
import { Trace } from '../graph/trace.js';
import type { LoggedRequest, RequestLog } from '../log/request-log.js';
import type { Answer } from './answer.js';
import { originOf } from './origin.js';
import { readBody } from './request-body.js';

/** Where Microsoft Graph is. */
export const GRAPH_PATH = '/v1.0';

/** Requests to Microsoft Graph, and for the tokens that it wants. */
export class GraphRequests {
  constructor(
    private readonly endpoint: GraphEndpoint,
    private readonly tokens: TokenEndpoint,
    private readonly log: RequestLog,
    private readonly intercept: (request: Interceptable) => Answer | Promise<Answer>,
  ) {}

  /** @param path in lower case */
  serves(path: string): boolean {
    return path.startsWith(`${GRAPH_PATH}/`) || TokenEndpoint.serves(path);
  }

  /** @returns undefined where the client goes away before its request has arrived */
  async answer(request: IncomingMessage, path: string, entry: LoggedRequest): Promise<Answer | undefined> {
    const body = await readBody(request, MOST_BYTES);
    if (body === undefined) return undefined;
    if (path.startsWith(`${GRAPH_PATH}/`)) {
      if (body !== 'too big') this.log.keep(entry, withRequestLine(request, body));
      return this.endpoint.answer(graphRequest(request, body), entry);
    }
    // What asks for a token holds a secret, and is not kept.
    return this.answerToken(request, body === 'too big' ? '' : body.toString('utf8'), entry);
  }

  private answerToken(request: IncomingMessage, form: string, entry: LoggedRequest): Answer | Promise<Answer> {
    entry.operation = TOKEN_OPERATION;
    const trace = new Trace(graphRequest(request, ''), Date.now);
    return this.intercept({
      subject: { operation: TOKEN_OPERATION, mailbox: '', account: '', connection: entry.connection },
      log: entry,
      proceed: () => {
        const { answer, clientId } = this.tokens.answer(request.url ?? '', form, request.headers.authorization);
        if (clientId !== undefined) this.log.identify(entry, clientId);
        return answer;
      },
      answers: () => new GraphFaultAnswers(trace),
    });
  }
}

/** What is asked for is in the address as much as in the body. */
function withRequestLine({ method, url }: IncomingMessage, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${method} ${url}\n\n`), body]);
}

function graphRequest(request: IncomingMessage, body: Buffer | string): GraphRequest {
  const { headers, url = '' } = request;
  return {
    method: request.method ?? 'GET',
    url: url.slice(GRAPH_PATH.length),
    header(name: string): string | undefined {
      const value = headers[name];
      return Array.isArray(value) ? value.join(', ') : value;
    },
    body: body === 'too big' ? '' : body.toString('utf8'),
    isTooBig: body === 'too big',
    base: originOf(request) + GRAPH_PATH,
  };
}
