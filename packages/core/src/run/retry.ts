import type { Claim, Mark } from '../ledger/run-ledger.js';
import type { RecordedError } from '../ledger/placement-row.js';
import type { AppointedError } from '../error/appointed-error.js';
import type { Receipt } from '../transport/appointment-transport.js';
import type { Outcome } from '../transport/outcome.js';

const FIRST_BACKOFF_MS = 1000;
const LONGEST_BACKOFF_MS = 60_000;
const LONGEST_MESSAGE = 500;

/** How a run treats what did not succeed at once. */
export interface RetryPolicy {
  readonly settleMs: number;
  readonly maxAttempts: number;
}

/** What a placement came to this time. */
export interface Result {
  readonly outcome: Outcome<Receipt>;
  /** It was sent, or looked up in vain: counts as an attempt. */
  readonly tried: boolean;
  /** It was looked up in vain, and the server asked for so much quiet: what was sent for it has settled before. */
  readonly unseenMs?: number;
}

/** A placement whose turn was cut off before anything was sent for it: it stands as it stood, and is due at once. */
export function untouched(runId: string, { placement, before, fence }: Claim, now: number): Mark {
  const state = before === 'claimed' ? 'unknown' : before;
  return { ...base(runId, { placement, fence }), state, attempts: placement.attempts, dueAt: now };
}

/** How a placement stands after its outcome: settled, or due again. The one place that decides on retries. */
export function nextMark(
  runId: string,
  claim: Pick<Claim, 'placement' | 'fence'>,
  { outcome, tried, unseenMs }: Result,
  { settleMs, maxAttempts }: RetryPolicy,
  now: number,
): Mark {
  const attempts = claim.placement.attempts + (tried ? 1 : 0);
  const mark = { ...base(runId, claim), attempts };
  if (outcome.kind === 'done') return { ...mark, state: 'done', receipt: outcome.value };
  const failed = { ...mark, error: recorded(outcome.error) };
  const isLast = attempts >= maxAttempts;
  switch (outcome.kind) {
    case 'rejected': {
      // What would fail everybody is no fault of this placement: it is there to be taken up when the cause is mended.
      if (outcome.scope === 'run')
        return { ...failed, state: 'waiting', attempts: claim.placement.attempts, dueAt: now };
      const { again } = outcome;
      const once = again !== undefined && 'afterMs' in again && attempts === 1 && !isLast ? again : undefined;
      if (once !== undefined) return { ...failed, state: 'deferred', dueAt: Math.ceil(now + once.afterMs) };
      return { ...failed, state: 'rejected' };
    }
    case 'deferred': {
      const rest = Math.max(outcome.pause?.ms ?? 0, backoff(attempts));
      return { ...failed, state: 'deferred', ...(isLast ? {} : { dueAt: Math.ceil(now + rest) }) };
    }
    case 'unknown': {
      const rest = unseenMs === undefined ? settleMs : Math.max(unseenMs, backoff(attempts));
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

/** Doubles with every attempt; the half is left to chance, so that what failed together does not come back together. */
function backoff(attempts: number): number {
  const whole = Math.min(FIRST_BACKOFF_MS * 2 ** (attempts - 1), LONGEST_BACKOFF_MS);
  return whole / 2 + Math.random() * (whole / 2);
}

function recorded({ code, message, server }: AppointedError): RecordedError {
  const serverCode = server?.code;
  return { code, message: message.slice(0, LONGEST_MESSAGE), ...(serverCode === undefined ? {} : { serverCode }) };
}
