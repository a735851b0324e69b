import type { Call, Mailbox, Outcome, Removal } from '@appointed/core';
import { failureOf } from './classify/classify.js';
import { unreadable } from './classify/unreadable.js';
import { deleteItem } from './encode/delete-item.js';
import type { EwsClient } from './ews-client.js';

/** Removes one item: operation DeleteItem. */
export async function remove(
  client: EwsClient,
  mailbox: Mailbox,
  { itemId, sendMode }: Removal,
  lane: string,
  call: Call,
): Promise<Outcome<'removed' | 'gone'>> {
  const body = deleteItem(sendMode, itemId);
  const { classified, subject } = await client.send('DeleteItem', body, mailbox, lane, call);
  if (classified.kind === 'failure') return classified.failure;
  const [message] = classified.messages;
  if (message === undefined) return unreadable('the answer holds no result', subject, classified.server);
  if (message.success) return { kind: 'done', value: 'removed' };
  if (message.code === 'ErrorItemNotFound') return { kind: 'done', value: 'gone' };
  return failureOf(message, subject, classified.server);
}
