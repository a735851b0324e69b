import type { Outcome, StoredItem } from '@appointed/core';
import { codeOf } from '../classify/refusal.js';
import type { Conversation, Told } from '../conversation.js';
import { storedItem } from '../decode/stored-item.js';
import { getItem } from '../encode/get-item.js';

/** Reads items: operation GetItem. */
export async function read(
  conversation: Conversation,
  itemIds: readonly string[],
): Promise<Outcome<readonly (StoredItem | 'gone')[]>> {
  if (itemIds.length === 0) return { kind: 'done', value: [] };
  const items: (StoredItem | 'gone')[] = [];
  for (const outcome of await conversation.askEach('GetItem', getItem(itemIds), itemIds.length)) {
    const item = itemIn(outcome);
    if (item.kind !== 'done') return item;
    items.push(item.value);
  }
  return { kind: 'done', value: items };
}

function itemIn(outcome: Outcome<Told>): Outcome<StoredItem | 'gone'> {
  if (outcome.kind === 'done') return storedItem(outcome.value);
  return codeOf(outcome) === 'ErrorItemNotFound' ? { kind: 'done', value: 'gone' } : outcome;
}
