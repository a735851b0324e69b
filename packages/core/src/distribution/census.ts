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

/** What the ledger knew of a run before others began to work on it. */
export interface Before {
  /** How many placements were open. */
  readonly open: number;
  /** When the last one was claimed, in milliseconds since the epoch, by the clock of those who claim. */
  readonly lastClaimAt: number;
  /** Those that were settled and claimed then. */
  readonly last: ReadonlySet<string>;
}

/** Looks at a run before others work on it. */
export async function lookBefore({ isContinued, parts, runId }: Run): Promise<Before> {
  let [open, lastClaimAt] = [0, 0];
  const last = new Set<string>();
  if (!isContinued) return { open, lastClaimAt, last };
  for await (const { claimedAt = 0, dueAt, key } of parts.ledger.rows(runId)) {
    if (claimedAt > lastClaimAt) last.clear();
    lastClaimAt = Math.max(lastClaimAt, claimedAt);
    if (dueAt !== undefined) open += 1;
    else if (claimedAt === lastClaimAt) last.add(key);
  }
  return { open, lastClaimAt, last };
}

/** Counts what has become of the placements that were worked on since: what a dead worker could not report is in the ledger. */
export async function count(run: Run, { last, lastClaimAt }: Before): Promise<void> {
  for await (const row of run.parts.ledger.rows(run.runId)) {
    const { claimedAt = 0, dueAt, key } = row;
    const isOfThisCall = claimedAt > lastClaimAt || (claimedAt === lastClaimAt && !last.has(key));
    const outcome = isOfThisCall && dueAt === undefined ? outcomeOf(row) : undefined;
    if (outcome !== undefined) run.tally.settled(row, outcome);
  }
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
