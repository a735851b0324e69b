import type { IncomingMessage } from 'node:http';
import type { Answer } from './answer.js';

/** An answer in words for people; what the request still holds is dropped. */
export function refusal(
  request: IncomingMessage,
  status: number,
  text: string,
  headers: Answer['headers'] = {},
): Answer {
  request.resume();
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8', ...headers }, body: `${text}\n` };
}
