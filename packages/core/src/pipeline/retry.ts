import type { FieldDigests } from '../appointment/field-digests.js';
import type { AppointedError } from '../error/appointed-error.js';
import type { RecordedError } from '../ledger/placement-row.js';
import type { Claim, Mark } from '../ledger/run-ledger.js';
import type { Failure } from '../transport/outcome.js';

const FIRST_BACKOFF_MS = 1000;
const LONGEST_BACKOFF_MS = 60_000;
const LONGEST_MESSAGE = 500;

/** How a run treats what did not succeed at once. */
export interface RetryPolicy {
  readonly settleMs: number;
  readonly maxAttempts: number;
}

/** What a placement came to this time, when its task was not done. */
export interface Setback {
  readonly failure: Failure;
  /** It was sent, or looked up in vain: counts as an attempt. */
  readonly tried: boolean;
  /** It was looked up in vain, and the server asked for so much quiet: what was sent for it has settled before. */
  readonly unseenMs?: number;
  /** What was sent, which may be there now. */
  readonly written?: FieldDigests;
}

/** How a placement stands once nothing more is to be done for it. */
export type Standing = Pick<Mark, 'state' | 'task' | 'receipt' | 'written'> & { readonly error?: AppointedError };

/** A claim as it stood before: nothing was sent for it. Due at once. */
export function untouched(runId: string, claim: Claim, now: number): Mark {
  const { attempts } = claim.placement;
  const state = claim.before === 'claimed' ? 'unknown' : claim.before;
  return { ...heldBack(runId, claim), state, attempts, dueAt: now };
}

/** A claim that waits until the run says otherwise. */
export function heldBack(runId: string, { placement, fence, before }: Claim): Mark {
  const { error } = placement;
  // What may have been sent was an attempt, so that it is looked up again before it is sent.
  const attempts = before === 'claimed' || before === 'unknown' ? Math.max(placement.attempts, 1) : placement.attempts;
  return {
    ...base(runId, { placement, fence }),
    ...kept(placement, placement.written),
    state: 'waiting',
    attempts,
    ...(error && { error }),
  };
}

/** A claim for which nothing more is to be done. */
export function settledMark(
  runId: string,
  { placement, fence }: Claim,
  { state, task, receipt, written, error }: Standing,
  tried: boolean,
): Mark {
  const attempts = placement.attempts + (tried ? 1 : 0);
  const mark: { -readonly [K in keyof Mark]: Mark[K] } = { runId, key: placement.key, fence, state, attempts };
  if (task !== undefined) mark.task = task;
  if (receipt !== undefined) mark.receipt = receipt;
  if (written !== undefined) mark.written = written;
  if (error !== undefined) mark.error = recorded(error);
  return mark;
}

/** How a placement stands after a setback: settled, or due again. The one place that decides on retries. */
export function nextMark(
  runId: string,
  claim: Claim,
  { failure, tried, unseenMs, written = claim.placement.written }: Setback,
  { settleMs, maxAttempts }: RetryPolicy,
  now: number,
): Mark {
  const attempts = claim.placement.attempts + (tried ? 1 : 0);
  const failed = { ...base(runId, claim), ...kept(claim.placement, written), attempts, error: recorded(failure.error) };
  const isLast = attempts >= maxAttempts;
  switch (failure.kind) {
    case 'rejected': {
      // What would fail everybody is no fault of this placement: it is there to be taken up when the cause is mended.
      if (failure.scope === 'run') return { ...failed, ...beforeRejection(claim), dueAt: now };
      const { again } = failure;
      const once = again !== undefined && 'afterMs' in again && attempts === 1 && !isLast ? again : undefined;
      if (once !== undefined) return { ...failed, state: 'deferred', dueAt: Math.ceil(now + once.afterMs) };
      return { ...failed, state: 'rejected' };
    }
    case 'deferred': {
      const rest = Math.max(failure.pause?.ms ?? 0, backoff(attempts));
      return { ...failed, state: 'deferred', ...(isLast ? {} : { dueAt: Math.ceil(now + rest) }) };
    }
    case 'unknown': {
      const quietMs = unseenMs === undefined ? settleMs : Math.max(unseenMs, backoff(attempts));
      // A server that broke off may have said when it will be well again.
      const rest = Math.max(quietMs, failure.error.server?.backOffMs ?? 0);
      // Looked up once more even after the last attempt, since only that can tell how it ended.
      return { ...failed, state: 'unknown', ...(attempts > maxAttempts ? {} : { dueAt: Math.ceil(now + rest) }) };
    }
  }
}

function base(
  runId: string,
  { placement, fence }: Pick<Claim, 'placement' | 'fence'>,
): Pick<Mark, 'runId' | 'key' | 'fence'> {
  return { runId, key: placement.key, fence };
}

/** What is on the server stays there, whatever becomes of the task. */
function kept({ receipt }: Claim['placement'], written: FieldDigests | undefined): Pick<Mark, 'receipt' | 'written'> {
  return { ...(receipt && { receipt }), ...(written && { written }) };
}

function beforeRejection({ placement }: Claim): Pick<Mark, 'state' | 'attempts'> {
  return { state: placement.task === 'place' ? 'waiting' : 'deferred', attempts: placement.attempts };
}

/**
 * How long to rest after so many attempts, in milliseconds. Doubles with every attempt; the half is left to chance, so
 * that what failed together does not come back together.
 */
export function backoff(attempts: number): number {
  const whole = Math.min(FIRST_BACKOFF_MS * 2 ** (attempts - 1), LONGEST_BACKOFF_MS);
  return whole / 2 + Math.random() * (whole / 2);
}

function recorded({ code, message, server }: AppointedError): RecordedError {
  const serverCode = server?.code;
  return { code, message: message.slice(0, LONGEST_MESSAGE), ...(serverCode === undefined ? {} : { serverCode }) };
}
