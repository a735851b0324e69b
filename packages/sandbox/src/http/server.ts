import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import { isUtf8 } from 'node:buffer';
import type { AddressInfo } from 'node:net';
import { type Answer, type EwsEndpoint } from '../ews/endpoint.js';
import { SoapFault, faultEnvelope } from '../ews/fault.js';
import type { Credentials } from './credentials.js';

/** Where EWS is on every Exchange. */
export const EWS_PATH = '/EWS/Exchange.asmx';

/** What Exchange ships with for EWS. */
const MAX_BODY = 64 * 1024 * 1024;

/** Makes the HTTP server; it does not listen yet. */
export function makeServer(endpoint: EwsEndpoint, credentials: Credentials): Server {
  const server = createServer(
    {
      maxHeaderSize: 16 * 1024,
      headersTimeout: 15_000,
      requestTimeout: 60_000,
      keepAliveTimeout: 120_000,
      noDelay: true,
    },
    (request, response) => {
      serve(request, response, endpoint, credentials).catch((error: unknown) => {
        process.emitWarning(error instanceof Error ? error : String(error));
        response.destroy();
      });
    },
  );
  server.maxRequestsPerSocket = 0;
  return server;
}

/** @returns the port that it listens on */
export async function listen(server: Server, port: number, host: string): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return (server.address() as AddressInfo).port;
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  endpoint: EwsEndpoint,
  credentials: Credentials,
): Promise<void> {
  const path = (request.url ?? '').split('?', 1)[0] ?? '';
  if (path.toLowerCase() !== EWS_PATH.toLowerCase())
    return refuse(request, response, 404, `Not found. EWS is at ${EWS_PATH}.`);
  const account = credentials.identify(request.headers.authorization);
  if (account === undefined) {
    response.setHeader('www-authenticate', [
      'Basic realm="Exchange"',
      'Bearer client_id="00000002-0000-0ff1-ce00-000000000000"',
    ]);
    return refuse(request, response, 401, 'Sign in with an account of serviceAccounts: Basic or Bearer.');
  }
  if (request.method !== 'POST') return refuse(request, response, 405, 'EWS takes POST.');
  if (!isXml(request.headers['content-type'])) {
    return refuse(request, response, 415, 'EWS takes content-type: text/xml; charset=utf-8.');
  }
  const body = await readBody(request);
  const answer =
    body === undefined
      ? faulty('ErrorRequestStreamTooBig', 'The request is too big: 64 MB is the limit.')
      : isUtf8(body)
        ? await endpoint.answer(body.toString('utf8'), account)
        : faulty(
            'ErrorSchemaValidation',
            'The request failed schema validation: Invalid character in the given encoding.',
          );
  send(request, response, answer);
}

function isXml(contentType: string | undefined): boolean {
  return contentType === undefined || /^\s*(text\/xml|application\/(soap\+)?xml)\s*(;|$)/i.test(contentType);
}

function faulty(code: string, message: string): Answer {
  const headers = { 'content-type': 'text/xml; charset=utf-8' };
  return { status: 500, headers, body: faultEnvelope(new SoapFault(code, message)) };
}

/** The whole body; undefined if it is bigger than allowed. What is too big is read to its end, and dropped. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= MAX_BODY) chunks.push(chunk);
    else chunks.length = 0;
  }
  if (size > MAX_BODY) return undefined;
  const [only] = chunks;
  const body = chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks);
  return body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf ? body.subarray(3) : body;
}

function refuse(request: IncomingMessage, response: ServerResponse, status: number, text: string): void {
  request.resume();
  send(request, response, { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: `${text}\n` });
}

/** Sends an answer, with the headers by which Exchange lets requests be traced. */
export function send(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  const clientId = request.headers['client-request-id'];
  const isWanted = request.headers['return-client-request-id'] === 'true' && typeof clientId === 'string';
  response.writeHead(answer.status, {
    ...answer.headers,
    'content-length': Buffer.byteLength(answer.body),
    'request-id': requestId(),
    'x-feserver': 'SANDBOX',
    ...(isWanted ? { 'client-request-id': clientId } : {}),
  });
  response.end(answer.body);
}

let requests = 0;
const started = Date.now().toString(16).padStart(12, '0');

/** Unique, and in the order of the requests, which helps reading logs. */
function requestId(): string {
  requests += 1;
  return `${requests.toString(16).padStart(8, '0')}-0000-4000-8000-${started}`;
}
