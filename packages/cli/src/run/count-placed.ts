import type { OpenConfig } from '../config/open-config.js';
import { countMailboxes } from '../list/count-mailboxes.js';
import type { ListOptions } from '../list/list-options.js';
import { findRun } from './find-run.js';

/**
 * How many placements a call concerns that changes what is there; undefined where the ledger does not know the run.
 * @param slots by default all of the run
 */
export async function countPlaced(
  open: OpenConfig,
  runId: string,
  list: ListOptions | undefined,
  slots: number | undefined,
): Promise<number | undefined> {
  const ledger = await open.ledger();
  if (list !== undefined) return countMailboxes(list, slots ?? (await findRun(ledger, runId))?.slots.length ?? 1);
  const settled = await ledger.settled(runId).catch(() => undefined);
  return settled?.done;
}
