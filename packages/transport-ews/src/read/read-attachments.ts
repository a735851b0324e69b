import type { Appointment, Outcome } from '@appointed/core';
import { unreadable } from '../classify/unreadable.js';
import type { Conversation } from '../conversation.js';
import { type Attached, attachedTo, attachmentOf } from '../decode/attached.js';
import type { PartOfItem } from '../decode/stored-item.js';
import { getAttachments } from '../encode/attachments.js';

/** Fields of items, by the items' ids. */
export type FieldsOfItems = ReadonlyMap<string, Partial<Appointment>>;

/** The attachments of items, with all that is in the files: operation GetAttachment, which a request for items leaves out. */
export async function readAttachments(
  conversation: Conversation,
  items: readonly PartOfItem[],
): Promise<Outcome<FieldsOfItems>> {
  const files = items.flatMap(({ attached }) => attached).filter(({ isFile }) => isFile);
  const contents = await contentsOf(conversation, files);
  if (contents.kind !== 'done') return contents;
  const fields = items
    .filter(({ attached }) => attached.length > 0)
    .map(({ itemId, attached }) => {
      const attachments = attached.map((one) => attachmentOf(contents.value.get(one.id) ?? one));
      return [itemId, { attachments }] as const;
    });
  return { kind: 'done', value: new Map(fields) };
}

async function contentsOf(
  conversation: Conversation,
  files: readonly Attached[],
): Promise<Outcome<ReadonlyMap<string, Attached>>> {
  const contents = new Map<string, Attached>();
  if (files.length === 0) return { kind: 'done', value: contents };
  const request = getAttachments(files.map(({ id }) => id));
  const outcomes = await conversation.askEach('GetAttachment', request, files.length);
  for (const [index, outcome] of outcomes.entries()) {
    if (outcome.kind !== 'done') return outcome;
    const [content] = attachedTo(outcome.value.element);
    if (content === undefined) return unreadable('the answer holds no attachment', outcome.value);
    contents.set(files[index]?.id ?? '', content);
  }
  return { kind: 'done', value: contents };
}
