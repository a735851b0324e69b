/** A time in milliseconds: fixed, uniform, normal (cut off at 0) or lognormal. */
export type Delay =
  | number
  | { readonly min: number; readonly max: number }
  | { readonly mean: number; readonly deviation: number }
  | { readonly median: number; readonly sigma: number };

/** Which requests a rule is about, and which of those it strikes. What is left out does not narrow it. */
export interface Match {
  /** What log and report call it; the kind of fault where it is left out. */
  readonly name?: string;
  /** `CreateItem`, or a list of operations. */
  readonly operation?: string | readonly string[];
  /** Patterns of primary addresses: `*@contoso.com`; one with `!` before it takes away. */
  readonly mailbox?: string | readonly string[];
  /** Patterns of service accounts' user names. */
  readonly account?: string | readonly string[];
  /** What the counts below count by; `server` where it is left out. */
  readonly per?: 'server' | 'mailbox' | 'account' | 'connection';
  /** Lets that many matching requests pass, then begins to count. */
  readonly after?: number;
  /** Strikes only among the first n. */
  readonly first?: number;
  /** Strikes every nth. */
  readonly every?: number;
  /** Strikes that often, then never again. */
  readonly times?: number;
  /** Strikes with this probability, 0 to 1. */
  readonly probability?: number;
  /** Switched off: the rule keeps its place and its counts, and no request gets to it. */
  readonly off?: boolean;
}

/** What becomes of the write that the request asked for. */
export interface Storing {
  /**
   * `never`, which is the default: the request is dropped. `before`: it is carried out, then the fault strikes.
   * `late`: the fault strikes, and the request is carried out `lateMs` later, when the client has long gone.
   */
  readonly stored?: 'never' | 'before' | 'late';
  /** 1,000 where it is left out. */
  readonly lateMs?: Delay;
}

/** ErrorServerBusy. */
export interface BusyFault extends Storing {
  readonly fault: 'busy';
  /** BackOffMilliseconds; left out of the answer where it is left out here. */
  readonly backOffMs?: number;
  /**
   * `fault`, the default: a SOAP fault. `message`: a response message, the rest of a batch is stopped. `inner`: a
   * response message with ErrorInternalServerError, and ErrorServerBusy inside.
   */
  readonly as?: 'fault' | 'message' | 'inner';
  /** The HTTP status of a SOAP fault; 500 where it is left out. */
  readonly status?: number;
}

/** Any response code. */
export interface ErrorFault extends Storing {
  readonly fault: 'error';
  /** Such as `ErrorInternalServerError`. */
  readonly code: string;
  readonly message?: string;
  /** `message`, the default: every part of the request gets it. `fault`: a SOAP fault. */
  readonly as?: 'fault' | 'message';
  /**
   * Only that part of a batch fails, counted from 1; its neighbours are carried out, up to it if the code stops a
   * batch (`ErrorServerBusy`). `stored` is then about that part. A batch without such a part passes.
   */
  readonly part?: number;
  /** The HTTP status of a SOAP fault; 500 where it is left out. */
  readonly status?: number;
}

/** An HTTP status without any answer of EWS, as proxies and queues give it. */
export interface StatusFault extends Storing {
  readonly fault: 'status';
  readonly status: number;
  /** The Retry-After header: seconds, or a string that is sent as it is. */
  readonly retryAfter?: number | string;
  /** `empty` where it is left out. */
  readonly body?: 'empty' | 'html' | 'text' | 'truncatedSoap';
}

/** The answer, and with it the end of the connection, as balancers do it. */
export interface CloseFault {
  readonly fault: 'close';
}

/** The connection is reset instead of an answer. */
export interface ResetFault extends Storing {
  readonly fault: 'reset';
}

/** No answer; the connection stays open until the client closes it. */
export interface SilenceFault extends Storing {
  readonly fault: 'silence';
}

/** The request is carried out, and its answer ends in the middle with a reset. */
export interface CutFault {
  readonly fault: 'cut';
  /** The part of the body that is sent, 0 to 1; 0.5 where it is left out. */
  readonly at?: number;
}

/** A delay. The rules after it are still tried, so delays add up and any other fault can follow one. */
export interface LatencyFault {
  readonly fault: 'latency';
  readonly ms: Delay;
  /** `before`: the request is carried out, then the answer waits; `after`, the default: it waits unstored. */
  readonly stored?: 'before' | 'after';
}

/**
 * A budget that refills: while it lasts nothing happens, then requests are delayed until the budget would have been
 * there, and those that would have to wait longer than `maxDelayMs` get ErrorServerBusy.
 */
export interface ThrottleFault {
  readonly fault: 'throttle';
  /** Requests that a full budget holds. */
  readonly burst: number;
  /** Requests that come back in a second. */
  readonly perSecond: number;
  /** 0 where it is left out: refuses without delaying. */
  readonly maxDelayMs?: number;
  /** What a refusal says; the time until the budget is back where it is left out. */
  readonly backOffMs?: number;
}

/** EWSMaxConcurrency: more requests at once get ErrorExceededConnectionCount. */
export interface ConcurrencyFault {
  readonly fault: 'concurrency';
  readonly limit: number;
}

/** A server with so many workers: more requests wait in line, while the rules after this one have those before. */
export interface QueueFault {
  readonly fault: 'queue';
  readonly workers: number;
}

/** Items are stored and their invitations do not go out. */
export interface InvitationsFailedFault {
  readonly fault: 'invitationsFailed';
  /** The response code of the answer, such as `ErrorSubmissionQuotaExceeded`; success where it is left out. */
  readonly code?: string;
}

export type Fault =
  | BusyFault
  | ErrorFault
  | StatusFault
  | ResetFault
  | CloseFault
  | SilenceFault
  | CutFault
  | LatencyFault
  | ThrottleFault
  | ConcurrencyFault
  | QueueFault
  | InvitationsFailedFault;

/**
 * One entry of the list of faults: which requests, how often, what happens. Rules are tried in their order; the first
 * that strikes decides, except that delays let the rules after them decide too.
 */
export type FaultRule = Match & Fault;
