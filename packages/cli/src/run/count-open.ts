import type { OpenConfig } from '../config/open-config.js';
import { countMailboxes } from '../list/count-mailboxes.js';
import type { ListOptions } from '../list/list-options.js';

/** How many placements are left for a call that continues a run: at most as many rows as its list has. */
export async function countOpen(
  open: OpenConfig,
  runId: string,
  list: ListOptions | undefined,
  slots: number,
): Promise<number | undefined> {
  const ledger = await open.ledger();
  if (list !== undefined) {
    const [rows, settled] = await Promise.all([
      countMailboxes(list, slots),
      ledger.settled(runId).catch(() => undefined),
    ]);
    return rows === undefined || settled === undefined
      ? undefined
      : Math.max(rows - settled.done - settled.rejected, 0);
  }
  let count = 0;
  const rows = ledger.rows(runId, { states: ['waiting', 'claimed', 'deferred', 'unknown'] });
  for await (const _row of rows) count += 1;
  return count;
}
