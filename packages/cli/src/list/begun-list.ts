import type { MailboxInput } from '@appointed/core';
import { checkSource } from './open-source.js';
import type { ListOptions } from './list-options.js';
import { readMailboxes } from './read-mailboxes.js';

/**
 * A list whose first row was read: what cannot be read at all is noticed before anything is begun.
 * @throws CommandError `file_failed`, `list_unreadable`, `column_unclear`
 */
export async function begunList(options: ListOptions): Promise<AsyncIterable<MailboxInput>> {
  await checkSource(options.source);
  const rows = readMailboxes(options);
  const first = await rows.next();
  return first.done === true ? rows : withFirst(first.value, rows);
}

async function* withFirst(first: MailboxInput, rows: AsyncGenerator<MailboxInput>): AsyncGenerator<MailboxInput> {
  try {
    yield first;
    yield* rows;
  } finally {
    await rows.return(undefined);
  }
}
