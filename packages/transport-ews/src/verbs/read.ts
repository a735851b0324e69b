import type { Outcome, StoredItem } from '@appointed/core';
import { codeOf } from '../classify/refusal.js';
import type { Conversation, Told } from '../conversation.js';
import { type PartOfItem, partOfItem } from '../decode/stored-item.js';
import { getItem } from '../encode/get-item.js';
import { readAttachments } from '../read/read-attachments.js';
import { readCustomProperties } from '../read/read-custom-properties.js';

/** Reads items: operation GetItem, and for what it leaves out of some of them GetAttachment, or GetItem again. */
export async function read(
  conversation: Conversation,
  itemIds: readonly string[],
): Promise<Outcome<readonly (StoredItem | 'gone')[]>> {
  if (itemIds.length === 0) return { kind: 'done', value: [] };
  const parts: (PartOfItem | 'gone')[] = [];
  for (const outcome of await conversation.askEach('GetItem', getItem(itemIds), itemIds.length)) {
    const part = partIn(outcome);
    if (part.kind !== 'done') return part;
    parts.push(part.value);
  }
  const there = parts.filter((part) => part !== 'gone');
  const attachments = await readAttachments(conversation, there);
  if (attachments.kind !== 'done') return attachments;
  const properties = await readCustomProperties(conversation, there);
  if (properties.kind !== 'done') return properties;
  const wholeOf = ({ attached: _attached, customProperties: _names, ...item }: PartOfItem): StoredItem => ({
    ...item,
    fields: { ...item.fields, ...attachments.value.get(item.itemId), ...properties.value.get(item.itemId) },
  });
  return { kind: 'done', value: parts.map((part) => (part === 'gone' ? part : wholeOf(part))) };
}

function partIn(outcome: Outcome<Told>): Outcome<PartOfItem | 'gone'> {
  if (outcome.kind === 'done') return partOfItem(outcome.value);
  return codeOf(outcome) === 'ErrorItemNotFound' ? { kind: 'done', value: 'gone' } : outcome;
}
