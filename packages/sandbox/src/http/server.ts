import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Autodiscover } from '../autodiscover/autodiscover.js';
import { CONTROL_PATH, type ControlApi } from '../control/control-api.js';
import type { LoggedRequest, RequestLog } from '../log/request-log.js';
import type { PageServer } from '../page/page-server.js';
import type { Connections } from '../sign-in/connections.js';
import type { Answer } from './answer.js';
import { deliver } from './deliver.js';
import { EWS_PATH, type EwsRequests } from './ews-requests.js';
import { GRAPH_PATH, type GraphRequests } from './graph-requests.js';
import { refusal } from './refusal.js';
import type { TlsIdentity } from './tls-identity.js';

/** Who answers what comes in. */
export interface Services {
  readonly ews: EwsRequests;
  readonly graph: GraphRequests;
  readonly autodiscover: Autodiscover;
  readonly connections: Connections;
  readonly log: RequestLog;
  readonly control: ControlApi;
  readonly page: PageServer;
}

const LIMITS = {
  maxHeaderSize: 16 * 1024,
  headersTimeout: 15_000,
  requestTimeout: 60_000,
  keepAliveTimeout: 120_000,
  noDelay: true,
};

/** Makes the server, of HTTPS where it has a certificate; it does not listen yet. */
export function makeServer(services: Services, tls: TlsIdentity | undefined): Server {
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    serve(request, response, services).catch((error: unknown) => {
      process.emitWarning(error instanceof Error ? error : String(error));
      response.destroy();
    });
  };
  const server = tls === undefined ? createServer(LIMITS, listener) : createTlsServer({ ...LIMITS, ...tls }, listener);
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
  const { log, connections } = services;
  const entry = log.begin(connections.of(request.socket).number);
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
  { ews, graph, autodiscover }: Services,
): Promise<Answer | undefined> {
  if (path === EWS_PATH.toLowerCase()) return ews.answer(request, entry);
  if (graph.serves(path)) return graph.answer(request, path, entry);
  if (autodiscover.serves(path)) return autodiscover.answer(request, path, entry);
  return refusal(request, 404, `Not found. EWS is at ${EWS_PATH}, Microsoft Graph at ${GRAPH_PATH}.`);
}
