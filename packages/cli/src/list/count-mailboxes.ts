import type { ListOptions } from './list-options.js';
import { readMailboxes } from './read-mailboxes.js';

/** How many placements in so many slots a list makes; undefined where it can be read but once. */
export async function countMailboxes(options: ListOptions | undefined, slots: number): Promise<number | undefined> {
  if (options === undefined || options.source === '-') return undefined;
  let count = 0;
  for await (const _mailbox of readMailboxes(options)) count += 1;
  return count * slots;
}
