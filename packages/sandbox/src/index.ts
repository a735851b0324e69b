import { randomInt } from 'node:crypto';
import { Autodiscover } from './autodiscover/autodiscover.js';
import { CalendarStore } from './calendar/calendar-store.js';
import { ControlApi } from './control/control-api.js';
import type { Machinery } from './control/machinery.js';
import { People } from './control/people.js';
import { SandboxClock } from './control/sandbox-clock.js';
import { SandboxControl, checkZone } from './control/sandbox-control.js';
import type { SandboxItem } from './control/sandbox-item.js';
import type { ApplicationSeed } from './directory/application.js';
import { Directory } from './directory/directory.js';
import type { MailboxSeed } from './directory/mailbox.js';
import type { ServiceAccountSeed } from './directory/service-account.js';
import { TokenEndpoint } from './entra/token-endpoint.js';
import { Tokens } from './entra/tokens.js';
import { EwsEndpoint } from './ews/endpoint.js';
import { EwsFaultAnswers } from './faults/ews-fault-answers.js';
import { FaultInjector, type Interceptable } from './faults/fault-injector.js';
import type { FaultRule } from './faults/fault-rule.js';
import { Timers } from './faults/timers.js';
import { GraphEndpoint } from './graph/endpoint.js';
import { EWS_PATH, EwsRequests } from './http/ews-requests.js';
import { GRAPH_PATH, GraphRequests } from './http/graph-requests.js';
import { listen, makeServer } from './http/server.js';
import { type TlsIdentity, checkedTls } from './http/tls-identity.js';
import { RequestLog } from './log/request-log.js';
import { Outbox } from './mail/outbox.js';
import { PageServer } from './page/page-server.js';
import { Meetings } from './meetings/meetings.js';
import { Connections } from './sign-in/connections.js';
import { Protection } from './sign-in/protection.js';
import { type ExtendedProtection, type SignInScheme, checkedSchemes } from './sign-in/scheme.js';
import { SignIn } from './sign-in/sign-in.js';

export type { ItemEdit } from './control/item-edit.js';
export type { MeetingMail } from './control/meeting-mail.js';
export type { Deletion, ItemReference } from './control/people.js';
export type { Duplicate, SandboxReport } from './control/report.js';
export type { AttendeeAnswer, SandboxControl } from './control/sandbox-control.js';
export type { SandboxAttendee, SandboxItem } from './control/sandbox-item.js';
export type { ApplicationSeed } from './directory/application.js';
export type { MailboxSeed } from './directory/mailbox.js';
export type { ServiceAccountSeed } from './directory/service-account.js';
export type * from './faults/fault-rule.js';
export type { Ending, RequestRecord, RequestSummary } from './log/request-log.js';
export type { MailRecord } from './mail/outbox.js';
export type { TlsIdentity } from './http/tls-identity.js';
export type { RefusalReason } from './sign-in/refusal.js';
export type { ExtendedProtection, SignInScheme } from './sign-in/scheme.js';
export type { SignInSummary } from './sign-in/sign-in-counts.js';

const LOOPBACK = '127.0.0.1';

/** Every tenant's name will do. */
const TOKEN_PATH = '/sandbox/oauth2/v2.0/token';

/** How a sandbox starts. */
export interface SandboxOptions {
  /** The mailboxes that exist. */
  mailboxes?: readonly MailboxSeed[];
  /** The accounts that may sign in, and whom each may impersonate. */
  serviceAccounts?: readonly ServiceAccountSeed[];
  /** The applications that get tokens for Microsoft Graph, and whose mailboxes each may use. */
  applications?: readonly ApplicationSeed[];
  /** The port to listen on; 0, the default, takes a free one. */
  port?: number;
  /** The address to listen on; `127.0.0.1` by default: nobody else reaches it unless told so. */
  host?: string;
  /** How clients may sign in to EWS and Autodiscover, as they are offered it; `['basic', 'bearer']` by default. */
  signIn?: readonly SignInScheme[];
  /** Whether clients of NTLM must say which server they mean; `none` by default, `allow` on Exchange 2019 CU14 and newer. */
  extendedProtection?: ExtendedProtection;
  /** Serves HTTPS with this certificate, instead of HTTP. */
  tls?: TlsIdentity;
  /** What the server takes for the current time. */
  clock?: () => Date;
  /** What goes wrong, and when; nothing by default. Can be changed while the sandbox runs: `sandbox.control`. */
  faults?: readonly FaultRule[];
  /** The chance of faults follows from it, so that a failure can be repeated; drawn by lot where it is left out. */
  randomSeed?: number;
  /** How many milliseconds mail about meetings takes, and a room's decision; 10 by default. */
  deliveryDelayMs?: number;
}

/** A running sandbox. `await using sandbox = await startSandbox(…)` closes it at the end of its block. */
export interface Sandbox extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`, or `https` with `tls`, as all that follow. */
  readonly url: string;
  /** Where EWS is: `http://127.0.0.1:PORT/EWS/Exchange.asmx`. */
  readonly ewsUrl: string;
  /** Where Microsoft Graph is: `http://127.0.0.1:PORT/v1.0`. */
  readonly graphUrl: string;
  /** Where applications get their tokens for it: `http://127.0.0.1:PORT/sandbox/oauth2/v2.0/token`. */
  readonly tokenUrl: string;
  readonly port: number;
  /** The `randomSeed` that it was started with, or that was drawn. */
  readonly randomSeed: number;
  /** What a test does behind its clients' backs: sees what is stored and what was asked, makes faults, acts as people do. */
  readonly control: SandboxControl;
  /** Appointments and meetings in a mailbox, all folders: plain frozen data. @throws TypeError for an unknown mailbox */
  items(mailbox: string): readonly SandboxItem[];
  /**
   * Stops listening and drops every connection. What faults had put off is dropped too, and never stored; mail that is
   * on its way gets lost.
   */
  close(): Promise<void>;
}

/**
 * Starts a local Exchange.
 *
 * @throws TypeError if an option is wrong: it names the entry and says what is
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const host = options.host ?? LOOPBACK;
  const tls = options.tls && checkedTls(options.tls);
  const { machinery, ews, graph, connections } = assemble(options);
  const control = new SandboxControl(machinery);
  control.setFaults(options.faults ?? []);
  const { log, timers, meetings, randomSeed } = machinery;
  const page = new PageServer(machinery, host);
  const autodiscover = new Autodiscover(machinery);
  const services = { ews, graph, autodiscover, connections, log, control: new ControlApi(control, host), page };
  const server = makeServer(services, tls);
  const port = await listen(server, options.port ?? 0, host);
  const url = `${tls === undefined ? 'http' : 'https'}://${host.includes(':') ? `[${host}]` : host}:${port}`;
  const close = async (): Promise<void> => {
    timers.close();
    meetings.queue.close();
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    await closed;
  };
  const items = (mailbox: string) => control.items(mailbox);
  const urls = { url, ewsUrl: url + EWS_PATH, graphUrl: url + GRAPH_PATH, tokenUrl: url + TOKEN_PATH };
  return { ...urls, port, randomSeed, control, items, close, [Symbol.asyncDispose]: close };
}

interface Assembled {
  readonly machinery: Machinery;
  readonly ews: EwsRequests;
  readonly graph: GraphRequests;
  readonly connections: Connections;
}

function assemble(options: SandboxOptions): Assembled {
  for (const seed of options.mailboxes ?? []) checkZone(seed);
  const clock = new SandboxClock(options.clock ?? (() => new Date()));
  const now = () => clock.now();
  const directory = new Directory(options.mailboxes ?? [], options.serviceAccounts ?? [], options.applications ?? []);
  const store = new CalendarStore(now);
  const outbox = new Outbox();
  const delayMs = checkedDelay(options.deliveryDelayMs ?? 10);
  const meetings = new Meetings({ directory, store, outbox, now, delayMs });
  const log = new RequestLog();
  const timers = new Timers();
  const randomSeed = checkedSeed(options.randomSeed ?? randomInt(LARGEST_SEED));
  const inFlight = (account: string | undefined) => log.inFlight(account);
  const faults = new FaultInjector({ seed: randomSeed, timers, outbox, inFlight });
  const endpoint = new EwsEndpoint(directory, store, now, meetings);
  endpoint.intercept = (call, proceed, body) =>
    faults.intercept({
      subject: {
        operation: call.operation,
        mailbox: call.mailbox?.address ?? '',
        account: call.account.user,
        connection: call.log.connection,
      },
      log: call.log,
      proceed: () => proceed(),
      answers: () => new EwsFaultAnswers({ operation: call.operation, body }, proceed),
    });
  const tokens = new Tokens(directory, now);
  const intercept = (request: Interceptable) => faults.intercept(request);
  const graph = new GraphRequests(
    new GraphEndpoint({ directory, store, meetings, tokens, log, now, intercept }),
    new TokenEndpoint(directory, tokens, now),
    log,
    intercept,
  );
  const connections = new Connections();
  const protection = new Protection(options.extendedProtection ?? 'none', options.host ?? LOOPBACK, options.tls?.cert);
  const schemes = checkedSchemes(options.signIn ?? ['basic', 'bearer']);
  const signIn = new SignIn({ connections, directory, tokens, faults, now }, schemes, protection);
  const people = new People(directory, store);
  return {
    machinery: { randomSeed, directory, store, signIn, people, faults, timers, log, outbox, meetings, clock },
    ews: new EwsRequests(endpoint, signIn, log),
    graph,
    connections,
  };
}

const LARGEST_SEED = 2 ** 31 - 1;

function checkedSeed(seed: number): number {
  if (Number.isInteger(seed) && seed >= 0 && seed <= LARGEST_SEED) return seed;
  throw new TypeError(`randomSeed: must be a whole number from 0 to ${LARGEST_SEED}`);
}

const AN_HOUR = 3_600_000;

function checkedDelay(ms: number): number {
  if (ms >= 0 && ms <= AN_HOUR) return ms;
  throw new TypeError(`deliveryDelayMs: must be a number of milliseconds from 0 to ${AN_HOUR}`);
}
