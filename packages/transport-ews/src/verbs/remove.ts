import type { Outcome, Removal } from '@appointed/core';
import { codeOf } from '../classify/refusal.js';
import type { Conversation } from '../conversation.js';
import { deleteItem } from '../encode/delete-item.js';

/** Removes one item: operation DeleteItem. */
export async function remove(
  conversation: Conversation,
  { itemId, sendMode }: Removal,
): Promise<Outcome<'removed' | 'gone'>> {
  const outcome = await conversation.ask('DeleteItem', deleteItem(sendMode, itemId));
  if (outcome.kind === 'done') return { kind: 'done', value: 'removed' };
  return codeOf(outcome) === 'ErrorItemNotFound' ? { kind: 'done', value: 'gone' } : outcome;
}
