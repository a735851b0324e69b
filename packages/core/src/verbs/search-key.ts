import type { PlacementRow } from '../ledger/placement-row.js';
import type { Run } from '../pipeline/run.js';
import { placementKey } from '../placement/placement-key.js';

/** The key that travels inside a placement's saved items, however often it was placed: of its first generation. */
export function searchKey(
  { runId, isContinued }: Pick<Run, 'runId' | 'isContinued'>,
  { key, slot, mailbox }: Pick<PlacementRow, 'key' | 'slot' | 'mailbox'>,
): string {
  // What has begun only now was never taken back: every key is the first.
  return isContinued ? placementKey(runId, slot, mailbox) : key;
}
