import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Answer } from '../ews/endpoint.js';
import type { Ending } from '../log/request-log.js';

/**
 * Sends an answer, or does to the connection what a fault wants instead.
 * @param ended told once, when nothing more will come of the request
 */
export function deliver(
  request: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
  ended: (ending: Ending) => void,
): void {
  const { socket } = request;
  if (socket.destroyed) return ended('gone');
  switch (answer.delivery) {
    case undefined:
      send(request, response, answer);
      return ended('answered');
    case 'reset':
      socket.resetAndDestroy();
      return ended('reset');
    case 'silence':
      // The request is in flight until the client, or the end of the sandbox, closes the connection.
      socket.once('close', () => ended('silence'));
      return;
    default:
      cut(request, response, answer, answer.delivery.cutAt);
      return ended('cut');
  }
}

/** Sends an answer, with the headers by which Exchange lets requests be traced. */
export function send(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  writeHead(request, response, answer);
  response.end(answer.body);
}

/** The head promises the whole body; a part of it comes, then a reset. */
function cut(request: IncomingMessage, response: ServerResponse, answer: Answer, at: number): void {
  writeHead(request, response, answer);
  const body = Buffer.from(answer.body);
  response.write(body.subarray(0, Math.floor(body.length * at)), () => request.socket.resetAndDestroy());
}

function writeHead(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  const clientId = request.headers['client-request-id'];
  const isWanted = request.headers['return-client-request-id'] === 'true' && typeof clientId === 'string';
  response.writeHead(answer.status, {
    ...answer.headers,
    'content-length': Buffer.byteLength(answer.body),
    'request-id': requestId(),
    'x-feserver': 'SANDBOX',
    ...(isWanted ? { 'client-request-id': clientId } : {}),
  });
}

let requests = 0;
const started = Date.now().toString(16).padStart(12, '0');

/** Unique, and in the order of the requests, which helps reading logs. */
function requestId(): string {
  requests += 1;
  return `${requests.toString(16).padStart(8, '0')}-0000-4000-8000-${started}`;
}
