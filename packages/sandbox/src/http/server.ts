import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import { isUtf8 } from 'node:buffer';
import type { AddressInfo } from 'node:net';
import type { Autodiscover } from '../autodiscover/autodiscover.js';
import type { EwsEndpoint } from '../ews/endpoint.js';
import { encodingFault } from '../ews/encoding.js';
import { SoapFault, faultEnvelope } from '../ews/fault.js';
import { CONTROL_PATH, type ControlApi } from '../control/control-api.js';
import type { LoggedRequest, RequestLog } from '../log/request-log.js';
import type { PageServer } from '../page/page-server.js';
import type { Answer } from './answer.js';
import { CHALLENGES, type Credentials } from './credentials.js';
import { deliver } from './deliver.js';
import { GRAPH_PATH, type GraphRequests } from './graph-requests.js';
import { readBody } from './request-body.js';

/** Where EWS is on every Exchange. */
export const EWS_PATH = '/EWS/Exchange.asmx';

/** What Exchange ships with for EWS. */
const MAX_BODY = 64 * 1024 * 1024;

/** Who answers what comes in. */
export interface Services {
  readonly endpoint: EwsEndpoint;
  readonly graph: GraphRequests;
  readonly autodiscover: Autodiscover;
  readonly credentials: Credentials;
  readonly log: RequestLog;
  readonly control: ControlApi;
  readonly page: PageServer;
}

/** Makes the HTTP server; it does not listen yet. */
export function makeServer(services: Services): Server {
  const server = createServer(
    {
      maxHeaderSize: 16 * 1024,
      headersTimeout: 15_000,
      requestTimeout: 60_000,
      keepAliveTimeout: 120_000,
      noDelay: true,
    },
    (request, response) => {
      serve(request, response, services).catch((error: unknown) => {
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

async function serve(request: IncomingMessage, response: ServerResponse, services: Services): Promise<void> {
  const path = ((request.url ?? '').split('?', 1)[0] ?? '').toLowerCase();
  if (path === CONTROL_PATH || path.startsWith(`${CONTROL_PATH}/`)) return services.control.serve(request, response);
  if (services.page.owns(path, request.method)) return services.page.serve(request, response, path);
  const { log } = services;
  const entry = log.begin();
  const answer = await answerTo(request, path, entry, services);
  if (answer === undefined) return log.end(entry, 'gone', undefined, '');
  deliver(request, response, answer, (ending) => {
    const status = ending === 'answered' || ending === 'cut' ? answer.status : undefined;
    log.end(entry, ending, status, status === undefined ? '' : answer.body);
  });
}

/** @returns undefined where the client goes away before its request has arrived */
async function answerTo(
  request: IncomingMessage,
  path: string,
  entry: LoggedRequest,
  { endpoint, graph, autodiscover, credentials, log }: Services,
): Promise<Answer | undefined> {
  if (path !== EWS_PATH.toLowerCase()) {
    if (graph.serves(path)) return graph.answer(request, path, entry);
    if (autodiscover.serves(path)) return autodiscover.answer(request, path, entry);
    return refuse(request, 404, `Not found. EWS is at ${EWS_PATH}, Microsoft Graph at ${GRAPH_PATH}.`);
  }
  const account = credentials.identify(request.headers.authorization);
  if (account === undefined) {
    const text = 'Sign in with an account of serviceAccounts: Basic or Bearer.';
    return refuse(request, 401, text, { 'www-authenticate': CHALLENGES });
  }
  log.identify(entry, account.user);
  if (request.method !== 'POST') return refuse(request, 405, 'EWS takes POST.', { allow: 'POST' });
  if (!isSoap(request.headers['content-type'])) {
    return refuse(request, 415, 'EWS takes content-type: text/xml; charset=utf-8.');
  }
  const body = await readBody(request, MAX_BODY);
  if (body === undefined) return undefined;
  if (body === 'too big') {
    return faulty(new SoapFault('ErrorRequestStreamTooBig', 'The request is too big: 64 MB is the limit.'));
  }
  if (!isUtf8(body)) return faulty(encodingFault(body));
  log.keep(entry, body);
  return endpoint.answer(body.toString('utf8'), account, entry);
}

/** SOAP 1.1, and no encoding but UTF-8. */
function isSoap(contentType: string | undefined): boolean {
  if (contentType === 'text/xml; charset=utf-8') return true;
  if (contentType === undefined || !/^\s*text\/xml\s*(;|$)/i.test(contentType)) return false;
  const [, charset = 'utf-8'] = /;\s*charset\s*=\s*"?([^\s;"]*)/i.exec(contentType) ?? [];
  return charset.toLowerCase() === 'utf-8';
}

function faulty(fault: SoapFault): Answer {
  const headers = { 'content-type': 'text/xml; charset=utf-8' };
  return { status: 500, headers, body: faultEnvelope(fault) };
}

/** An answer in words for people; what the request still holds is dropped. */
function refuse(request: IncomingMessage, status: number, text: string, headers: Answer['headers'] = {}): Answer {
  request.resume();
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8', ...headers }, body: `${text}\n` };
}
