import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Ending } from '../log/request-log.js';
import type { Answer } from './answer.js';
import { requestId } from './request-id.js';

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
    case 'close':
      send(request, response, { ...answer, headers: { ...answer.headers, connection: 'close' } });
      return ended('answered');
    case 'reset':
      reset(socket);
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
function send(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  writeHead(request, response, answer);
  response.end(answer.body);
}

/** The head promises the whole body; a part of it comes, then a reset. */
function cut(request: IncomingMessage, response: ServerResponse, answer: Answer, at: number): void {
  writeHead(request, response, answer);
  const body = Buffer.from(answer.body);
  response.write(body.subarray(0, Math.floor(body.length * at)), () => reset(request.socket));
}

/** Of TLS Node resets nothing: that ends without a farewell, which no client takes for an answer either. */
function reset(socket: Socket): void {
  if (socket instanceof TLSSocket) socket.destroy();
  else socket.resetAndDestroy();
}

/** Names and values in one flat list: Node takes it as it is, and an object twice apart. */
function writeHead(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  const headers = answer.headers['request-id'] === undefined ? traceHeaders(request) : [];
  for (const name of Object.keys(answer.headers)) headers.push(name, answer.headers[name] ?? '');
  // A 204 has no length, not even 0.
  if (answer.status !== 204) headers.push('content-length', String(Buffer.byteLength(answer.body)));
  response.writeHead(answer.status, headers);
}

/** By which Exchange lets requests be traced. */
function traceHeaders(request: IncomingMessage): (string | string[])[] {
  const headers = ['request-id', requestId(), 'x-feserver', 'SANDBOX'];
  const clientId = request.headers['client-request-id'];
  const isWanted = request.headers['return-client-request-id'] === 'true';
  if (isWanted && typeof clientId === 'string') headers.push('client-request-id', clientId);
  return headers;
}
