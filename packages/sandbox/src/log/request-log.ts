import { BodyCopies } from './body-copies.js';
import { RequestRing } from './request-ring.js';
import { withoutPasswords } from './without-passwords.js';

/** How a request ended: with an answer, with a fault of the connection, or because the client had gone before. */
export type Ending = 'answered' | 'reset' | 'silence' | 'cut' | 'gone';

/** A request that has ended. */
export interface RequestRecord {
  /** Counts from 1 since the start or the last reset. */
  readonly number: number;
  /** ISO 8601 in UTC, by the computer's clock. */
  readonly at: string;
  readonly durationMs: number;
  /** `CreateItem`; undefined for a request that was refused unread. */
  readonly operation: string | undefined;
  /** The primary address of the mailbox that it was about. */
  readonly mailbox: string | undefined;
  /** The user name of the account that signed in. */
  readonly account: string | undefined;
  /** Which connection it came on, counted from 1 since the start. */
  readonly connection: number;
  /** The HTTP status; undefined where none was sent. */
  readonly status: number | undefined;
  /** The response codes in the answer, one for each part of a batch. */
  readonly codes: readonly string[];
  /** The names of the fault rules that struck. */
  readonly faults: readonly string[];
  readonly ending: Ending;
}

const NONE: readonly string[] = [];
/** One list for the answer that most requests get. */
const SUCCESS: readonly string[] = ['NoError'];
const OPENING = ':ResponseCode';
const END_LENGTH = '</m:ResponseCode>'.length;

interface Load {
  now: number;
  most: number;
}

/** A request that is being served. */
export class LoggedRequest {
  operation: string | undefined = undefined;
  mailbox: string | undefined = undefined;
  account: string | undefined = undefined;
  load: Load | undefined = undefined;
  faults: readonly string[] = NONE;
  status: number | undefined = undefined;
  codes: readonly string[] = NONE;
  ending: Ending = 'answered';
  durationMs = 0;
  /** The body, without passwords; undefined for a request that was refused unread, and when there is no room for it any more. */
  received: Buffer | undefined = undefined;

  constructor(
    readonly number: number,
    readonly startedAt: number,
    readonly connection: number,
  ) {}

  /** A fault rule has struck. */
  struck(rule: string): void {
    this.faults = [...this.faults, rule];
  }
}

/** What was asked for and how it ended: counts of all, and the last requests one by one. */
export class RequestLog {
  private readonly kept = new RequestRing<LoggedRequest>();
  private readonly bodies = new BodyCopies();
  private total = 0;
  private clearings = 0;
  private readonly all: Load = { now: 0, most: 0 };
  private readonly accounts = new Map<string, Load>();
  private readonly counts = {
    byOperation: new Map<string, number>(),
    byStatus: new Map<string, number>(),
    byCode: new Map<string, number>(),
    byFault: new Map<string, number>(),
  };

  /** @param connection the number of the one that it comes on */
  begin(connection: number): LoggedRequest {
    this.total += 1;
    enter(this.all);
    return new LoggedRequest(this.total, performance.now(), connection);
  }

  /** It is known who asks. */
  identify(request: LoggedRequest, account: string): void {
    let load = this.accounts.get(account);
    if (load === undefined) this.accounts.set(account, (load = { now: 0, most: 0 }));
    request.account = account;
    request.load = load;
    enter(load);
  }

  /** Keeps the body, without passwords, to be looked at while there is room for it. */
  keep(request: LoggedRequest, body: Buffer): void {
    request.received = this.bodies.copy(withoutPasswords(body));
  }

  /** @param status undefined where the client got none */
  end(request: LoggedRequest, ending: Ending, status: number | undefined, body: string): void {
    this.all.now -= 1;
    if (request.load !== undefined) request.load.now -= 1;
    request.durationMs = performance.now() - request.startedAt;
    request.ending = ending;
    request.status = status;
    request.codes = codesIn(body);
    this.kept.add(request);
    count(this.counts.byOperation, request.operation ?? 'none');
    count(this.counts.byStatus, status === undefined ? ending : String(status));
    for (const code of request.codes) count(this.counts.byCode, code);
    for (const fault of request.faults) count(this.counts.byFault, fault);
  }

  /** Requests at once: of an account, or of all. */
  inFlight(account: string | undefined): number {
    return (account === undefined ? this.all : this.accounts.get(account))?.now ?? 0;
  }

  /** The last 10,000, oldest first. */
  list(): readonly RequestRecord[] {
    return this.kept
      .since(0)
      .sort((a, b) => a.number - b.number)
      .map(record);
  }

  /** How many have ended since the start. */
  get ended(): number {
    return this.kept.position;
  }

  /** How often everything has been forgotten. */
  get resets(): number {
    return this.clearings;
  }

  /** Those that ended after so many others, in the order in which they ended. */
  endedAfter(others: number): readonly LoggedRequest[] {
    return this.kept.since(others);
  }

  /** A request that is kept, and its body if there was one and room for it. */
  find(number: number): { readonly request: RequestRecord; readonly received: string | undefined } | undefined {
    const found = this.kept.find(number);
    return found === undefined ? undefined : { request: record(found), received: found.received?.toString('utf8') };
  }

  summary(): RequestSummary {
    const { byOperation, byStatus, byCode, byFault } = this.counts;
    return {
      total: this.total,
      byOperation: Object.fromEntries(byOperation),
      byStatus: Object.fromEntries(byStatus),
      byCode: Object.fromEntries(byCode),
      byFault: Object.fromEntries(byFault),
      inFlight: this.all.now,
      mostInFlight: this.all.most,
      mostInFlightByAccount: Object.fromEntries([...this.accounts].map(([user, { most }]) => [user, most])),
    };
  }

  /** Forgets. What is being served stays in flight. */
  clear(): void {
    this.kept.clear();
    this.clearings += 1;
    this.total = 0;
    for (const load of [this.all, ...this.accounts.values()]) load.most = load.now;
    for (const counts of Object.values(this.counts)) counts.clear();
  }
}

/** Requests counted; the keys are names, the values numbers of requests (of parts of a batch for the codes). */
export interface RequestSummary {
  /** Requests that have begun. */
  readonly total: number;
  readonly byOperation: Readonly<Record<string, number>>;
  /** By HTTP status, or by `reset`, `silence` and `gone` where none was sent. */
  readonly byStatus: Readonly<Record<string, number>>;
  readonly byCode: Readonly<Record<string, number>>;
  /** By name of the fault rule. */
  readonly byFault: Readonly<Record<string, number>>;
  readonly inFlight: number;
  readonly mostInFlight: number;
  readonly mostInFlightByAccount: Readonly<Record<string, number>>;
}

function enter(load: Load): void {
  load.now += 1;
  if (load.now > load.most) load.most = load.now;
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

const GRAPH_CODE = /"error":(?:\{"code":)?"(\w+)"/g;

/** Every answer is searched, so this looks for a word before it looks at XML. */
function codesIn(body: string): readonly string[] {
  if (body.startsWith('{"')) return codesInJson(body);
  const codes: string[] = [];
  for (let at = body.indexOf(OPENING); at !== -1; at = body.indexOf(OPENING, at)) {
    const from = body.indexOf('>', at) + 1;
    at = body.indexOf('<', from);
    codes.push(body.slice(from, at));
    // On to what follows the end tag, which holds the word too.
    at += END_LENGTH;
  }
  return codes.length === 1 && codes[0] === 'NoError' ? SUCCESS : codes;
}

/** Errors of Microsoft Graph and Entra; what is no error has no code there. */
function codesInJson(body: string): readonly string[] {
  if (!/^\{"(error|responses)"/.test(body)) return NONE;
  return Array.from(body.matchAll(GRAPH_CODE), ([, code = '']) => code);
}

/** A request as plain, frozen data. */
export function record(request: LoggedRequest): RequestRecord {
  return Object.freeze({
    number: request.number,
    at: new Date(performance.timeOrigin + request.startedAt).toISOString(),
    durationMs: request.durationMs,
    operation: request.operation,
    mailbox: request.mailbox,
    account: request.account,
    connection: request.connection,
    status: request.status,
    codes: Object.freeze([...request.codes]),
    faults: Object.freeze([...request.faults]),
    ending: request.ending,
  });
}
