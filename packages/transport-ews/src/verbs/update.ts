import type { Outcome, Receipt, Update } from '@appointed/core';
import { codeOf } from '../classify/refusal.js';
import type { Conversation } from '../conversation.js';
import { receiptIn } from '../decode/receipt.js';
import { itemChanges } from '../encode/item-changes.js';
import { updateItem } from '../encode/update-item.js';

/** Codes that say for certain that nothing was changed, and why. */
const UNCHANGED: Readonly<Record<string, 'gone' | 'conflict'>> = {
  ErrorItemNotFound: 'gone',
  ErrorIrresolvableConflict: 'conflict',
  ErrorStaleObject: 'conflict',
};

/** Changes some fields of an item: operation UpdateItem. */
export async function update(
  conversation: Conversation,
  wanted: Update,
): Promise<Outcome<Receipt | 'gone' | 'conflict'>> {
  const changes = itemChanges(wanted);
  if (changes.length === 0) return { kind: 'done', value: unchanged(wanted) };
  const outcome = await conversation.ask('UpdateItem', updateItem(wanted, changes));
  if (outcome.kind === 'done') return receiptIn(outcome.value);
  const value = UNCHANGED[codeOf(outcome) ?? ''];
  return value === undefined ? outcome : { kind: 'done', value };
}

function unchanged({ itemId, changeKey }: Update): Receipt {
  return { itemId, ...(changeKey === undefined ? {} : { changeKey }) };
}
