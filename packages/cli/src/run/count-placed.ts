import type { OpenConfig } from '../config/open-config.js';
import { countMailboxes } from '../list/count-mailboxes.js';
import type { ListOptions } from '../list/list-options.js';

/** How many placements a call concerns that changes what is there; undefined where the ledger does not know the run. */
export async function countPlaced(
  open: OpenConfig,
  runId: string,
  list: ListOptions | undefined,
): Promise<number | undefined> {
  if (list !== undefined) return countMailboxes(list);
  const settled = await (await open.ledger()).settled(runId).catch(() => undefined);
  return settled?.done;
}
