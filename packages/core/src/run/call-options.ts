import { AppointedError } from '../error/appointed-error.js';
import type { Placement } from '../events/lifecycle-events.js';
import { Exclusions } from '../guards/exclusions.js';
import type { MailboxInput } from '../mailbox/mailbox.js';
import type { Receipt } from '../transport/appointment-transport.js';
import type { Outcome } from '../transport/outcome.js';
import { refuse } from './refuse.js';

const DEFAULT_REQUEST_TIMEOUT_MS = 60_000;
const LONGEST_REQUEST_TIMEOUT_MS = 3_600_000;
const DEFAULT_STOP_AFTER_REJECTIONS = 20;
const DEFAULT_SETTLE_MS = 60_000;
const LONGEST_SETTLE_MS = 86_400_000;
const DEFAULT_MAX_ATTEMPTS = 5;

/** A placement that was passed over because of a rule: it was not touched, and that is right. */
export interface Skipped {
  readonly kind: 'skipped';
  /** `excluded`, `exists_already`, `changed_by_owner`, `removed_by_owner`, `not_placed`, `not_wanted` */
  readonly error: AppointedError;
}

/** What `onPlacement` is given: how a placement ended. */
export interface PlacementRecord extends Placement {
  readonly outcome: Outcome<Receipt | 'removed'> | Skipped;
}

/** A list of any length, read as the call goes and never collected. */
export type MailboxList = Iterable<MailboxInput> | AsyncIterable<MailboxInput>;

/** What every verb may be told. */
export interface CallOptions {
  /** Ends the call at once: nothing more is sent, what is under way is given up and reported as `unknown`. */
  readonly signal?: AbortSignal;
  /** Ends the call gently: nothing more is begun, what is under way ends, the rest is there to be continued: `paused`. */
  readonly pause?: AbortSignal;
  /** How long one request may take, and a factory for one appointment, in milliseconds. By default 60,000. */
  readonly requestTimeoutMs?: number;
  /**
   * How long a placement whose outcome is unknown rests before it is looked up on the server, in milliseconds. Longer
   * than the server may still take over a request that was given up: until then, "not found" means nothing. By default
   * 60,000.
   */
  readonly settleMs?: number;
  /** How often one placement is sent, or looked up in vain, before it is left as it is. By default 5. */
  readonly maxAttempts?: number;
  /**
   * Stops when this many mailboxes in a row were rejected with one code and nothing was done between: what fails
   * everybody is a mistake. By default 20; `Infinity` never stops.
   */
  readonly stopAfterRejections?: number;
  /**
   * Stops with `too_many_failures` when more than this part (0 to 1) of the placements that have ended in this call, 20
   * of them at least, was rejected. By default 1: never.
   */
  readonly maxFailureRate?: number;
  /** From then on nothing more is begun; what is under way ends, and the rest is there to be continued: `time_is_up`. */
  readonly notAfter?: Date;
  /**
   * Mailboxes that are never touched, whatever else is said: an address is meant as SMTP address and principal name, in
   * any case, and as the primary address that a server names. What a run left of them is there to be continued.
   */
  readonly exclude?: Iterable<MailboxInput>;
  /** Told how each placement ended, and awaited. If it throws, the call stops with `on_placement_failed`. */
  readonly onPlacement?: (record: PlacementRecord) => void | Promise<void>;
}

/** The names of the options that every verb has. */
export const CALL_OPTIONS: readonly (keyof CallOptions)[] = [
  'signal',
  'pause',
  'requestTimeoutMs',
  'settleMs',
  'maxAttempts',
  'stopAfterRejections',
  'maxFailureRate',
  'notAfter',
  'exclude',
  'onPlacement',
];

/** What every verb was told, checked, with its defaults. */
export interface CallSettings {
  readonly signal: AbortSignal;
  readonly pause: AbortSignal;
  readonly requestTimeoutMs: number;
  readonly settleMs: number;
  readonly maxAttempts: number;
  readonly stopAfterRejections: number;
  readonly maxFailureRate: number;
  readonly notAfter: number;
  readonly exclusions: Exclusions;
  readonly onPlacement: CallOptions['onPlacement'];
}

/** @throws AppointedError `invalid_options`, `invalid_mailbox` for one that is to be excluded */
export function readCallOptions(options: CallOptions): CallSettings {
  const { signal = never(), pause = never(), exclude = [], onPlacement } = options;
  return {
    signal,
    pause,
    requestTimeoutMs: requestTimeoutOf(options),
    settleMs: settleOf(options),
    maxAttempts: maxAttemptsOf(options),
    stopAfterRejections: stopAfterRejectionsOf(options),
    maxFailureRate: maxFailureRateOf(options),
    notAfter: notAfterOf(options),
    exclusions: exclusionsOf(exclude),
    onPlacement,
  };
}

function never(): AbortSignal {
  return new AbortController().signal;
}

function requestTimeoutOf({ requestTimeoutMs = DEFAULT_REQUEST_TIMEOUT_MS }: CallOptions): number {
  if (requestTimeoutMs > 0 && requestTimeoutMs <= LONGEST_REQUEST_TIMEOUT_MS) return requestTimeoutMs;
  throw refuse('requestTimeoutMs', `is not between 0 and ${LONGEST_REQUEST_TIMEOUT_MS} milliseconds`);
}

function settleOf({ settleMs = DEFAULT_SETTLE_MS }: CallOptions): number {
  if (settleMs >= 0 && settleMs <= LONGEST_SETTLE_MS) return settleMs;
  throw refuse('settleMs', `is not between 0 and ${LONGEST_SETTLE_MS} milliseconds`);
}

function maxAttemptsOf({ maxAttempts = DEFAULT_MAX_ATTEMPTS }: CallOptions): number {
  if (Number.isInteger(maxAttempts) && maxAttempts >= 1 && maxAttempts <= 100) return maxAttempts;
  throw refuse('maxAttempts', 'is not a whole number from 1 to 100');
}

function stopAfterRejectionsOf({ stopAfterRejections = DEFAULT_STOP_AFTER_REJECTIONS }: CallOptions): number {
  if (stopAfterRejections >= 1) return stopAfterRejections;
  throw refuse('stopAfterRejections', 'is not a number from 1 on, or Infinity');
}

function maxFailureRateOf({ maxFailureRate = 1 }: CallOptions): number {
  if (typeof maxFailureRate === 'number' && maxFailureRate >= 0 && maxFailureRate <= 1) return maxFailureRate;
  throw refuse('maxFailureRate', 'is not a number from 0 to 1');
}

function exclusionsOf(exclude: Iterable<MailboxInput>): Exclusions {
  // A single address is a list of letters.
  if (typeof exclude === 'object' && exclude !== null && Symbol.iterator in exclude) return new Exclusions(exclude);
  throw refuse('exclude', 'is not a list or an iterable');
}

function notAfterOf({ notAfter }: CallOptions): number {
  if (notAfter === undefined) return Number.POSITIVE_INFINITY;
  if (notAfter instanceof Date && !Number.isNaN(notAfter.getTime())) return notAfter.getTime();
  throw refuse('notAfter', 'is not a valid Date');
}
