import type { PlacementRow } from '../ledger/placement-row.js';
import type { Run } from '../pipeline/run.js';
import { placementKey } from '../placement/placement-key.js';

/** The key that travels inside a placement's saved items, however often it was placed: of its first generation. */
export function searchKey(
  { runId }: Pick<Run, 'runId'>,
  { slot, mailbox }: Pick<PlacementRow, 'slot' | 'mailbox'>,
): string {
  return placementKey(runId, slot, mailbox);
}
