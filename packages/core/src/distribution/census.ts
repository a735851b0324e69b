import type { ErrorCode } from '../error/error-code.js';
import type { PlacementRow } from '../ledger/placement-row.js';
import { errorOf } from '../pipeline/error-of.js';
import type { Run } from '../pipeline/run.js';
import type { PlacementRecord } from '../run/call-options.js';

const RULES: ReadonlySet<ErrorCode> = new Set([
  'excluded',
  'exists_already',
  'changed_by_owner',
  'removed_by_owner',
  'not_placed',
  'not_wanted',
]);

/** A ledger may read its clock otherwise each time, by so much. */
const BLUR_MS = 100;
/** Those that seemed to be the last are forgotten now and then. */
const FORGET_AT = 1000;

/** What the ledger knew of a run before others began to work on it. */
export interface Before {
  /** How many placements were open. */
  readonly open: number;
  /** When the last one was claimed, in milliseconds since the epoch. */
  readonly lastClaimAt: number;
  /** Those that were settled and claimed about then. */
  readonly last: ReadonlyMap<string, number>;
}

/** Looks at a run before others work on it. */
export async function lookBefore({ isContinued, parts, runId }: Run): Promise<Before> {
  let [open, lastClaimAt] = [0, 0];
  const last = new Map<string, number>();
  if (!isContinued) return { open, lastClaimAt, last };
  for await (const { claimedAt = 0, dueAt, key } of parts.ledger.rows(runId)) {
    lastClaimAt = Math.max(lastClaimAt, claimedAt);
    if (dueAt !== undefined) open += 1;
    else if (claimedAt >= lastClaimAt - 2 * BLUR_MS) last.set(key, claimedAt);
    if (last.size % FORGET_AT === 0) for (const [one, at] of last) if (at < lastClaimAt - 2 * BLUR_MS) last.delete(one);
  }
  return { open, lastClaimAt, last };
}

/** Counts what has become of the placements that were worked on since: what a dead worker could not report is in the ledger. */
export async function count(run: Run, before: Before): Promise<void> {
  for await (const row of run.parts.ledger.rows(run.runId)) {
    const outcome = row.dueAt === undefined && wasClaimedSince(before, row) ? outcomeOf(row) : undefined;
    if (outcome !== undefined) run.tally.settled(row, outcome);
  }
}

function wasClaimedSince({ last, lastClaimAt }: Before, { claimedAt = 0, key }: PlacementRow): boolean {
  if (claimedAt > lastClaimAt + BLUR_MS) return true;
  return claimedAt >= lastClaimAt - BLUR_MS && !last.has(key);
}

/** Of a settled placement; undefined of one that is held back. */
function outcomeOf(row: PlacementRow): PlacementRecord['outcome'] | undefined {
  const error = errorOf(row);
  if (error !== undefined && RULES.has(error.code)) return { kind: 'skipped', error };
  switch (row.state) {
    case 'done':
    case 'removed':
      return { kind: 'done', value: row.receipt ?? 'removed' };
    case 'rejected':
      return error && { kind: 'rejected', scope: 'placement', error };
    case 'deferred':
    case 'unknown':
      return error && { kind: row.state, error };
    default:
      return undefined;
  }
}
