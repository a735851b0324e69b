import type { EwsTransport } from '@appointed/transport-ews';
import { answer } from './canned-answers.js';
import { cannedServer, type ReceivedRequest } from './canned-server.js';
import { transportTo } from './placing.js';

/** The whole answer to a request, or undefined for none at all. */
export type Reply = string | undefined;

/** What each operation is answered; one that is not here is never answered. */
export type Replies = Readonly<Record<string, Reply | ((request: string) => Reply)>>;

/** What somebody got, and what was sent for it. */
export interface Asked<T> {
  readonly outcome: T;
  readonly requests: readonly ReceivedRequest[];
  readonly operations: readonly string[];
}

/** Lets a transport work with a server that gives canned answers, operation by operation. */
export async function asking<T>(replies: Replies, ask: (transport: EwsTransport) => Promise<T>): Promise<Asked<T>> {
  await using server = await cannedServer((response, request, count) => {
    const reply = replies[operationOf(request)];
    const body = typeof reply === 'function' ? reply(request.body) : reply;
    if (body !== undefined) answer(200, body)(response, request, count);
  });
  const transport = transportTo(server.url);
  const outcome = await ask(transport);
  await transport.close();
  return { outcome, requests: server.requests, operations: server.requests.map(operationOf) };
}

function operationOf({ headers }: ReceivedRequest): string {
  return /\/(\w+)"$/.exec(String(headers['soapaction']))?.[1] ?? '';
}
