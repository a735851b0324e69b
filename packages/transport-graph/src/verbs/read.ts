import type { Outcome, StoredItem } from '@appointed/core';
import type { Event } from '@microsoft/microsoft-graph-types';
import type { Answer } from '../classify/classify.js';
import { codeOf } from '../classify/code-of.js';
import type { Conversation } from '../conversation.js';
import { customPropertiesIn, customPropertyNames } from '../decode/custom-properties.js';
import { eventFields } from '../decode/event-fields.js';
import { customPropertyId, LIST_ID } from '../extended-properties.js';
import { pathWith, quoted } from '../graph-request.js';
import { eventPath } from './event-path.js';

/** Reads items: GET /events/{id} with its files; once more for the custom properties of those that have some. */
export async function read(
  conversation: Conversation,
  itemIds: readonly string[],
): Promise<Outcome<readonly (StoredItem | 'gone')[]>> {
  const items: (StoredItem | 'gone')[] = [];
  for (const itemId of itemIds) {
    const item = await readOne(conversation, itemId);
    if (item.kind === 'done') items.push(item.value);
    else if (codeOf(item) === 'ErrorItemNotFound') items.push('gone');
    else return item;
  }
  return { kind: 'done', value: items };
}

async function readOne(conversation: Conversation, itemId: string): Promise<Outcome<StoredItem>> {
  const $expand = `attachments,multiValueExtendedProperties($filter=id eq ${quoted(LIST_ID)})`;
  const event = await conversation.ask({ method: 'GET', path: pathWith(eventPath(itemId), { $expand }) }, eventIn);
  if (event.kind !== 'done') return event;
  const { id, changeKey } = event.value;
  const properties = await customProperties(conversation, event.value);
  if (properties.kind !== 'done') return properties;
  const fields = { ...eventFields(event.value), ...properties.value };
  return { kind: 'done', value: { itemId: id, ...(changeKey ? { changeKey } : {}), fields } };
}

async function customProperties(
  conversation: Conversation,
  event: StoredEvent,
): Promise<Outcome<Pick<StoredItem['fields'], 'customProperties'>>> {
  const names = customPropertyNames(event);
  if (names.length === 0) return { kind: 'done', value: {} };
  const ids = names.map((name) => `id eq ${quoted(customPropertyId(name))}`).join(' or ');
  const options = { $select: 'id', $expand: `singleValueExtendedProperties($filter=${ids})` };
  const answer = await conversation.ask({ method: 'GET', path: pathWith(eventPath(event.id), options) }, eventIn);
  if (answer.kind !== 'done') return answer;
  const found = customPropertiesIn(answer.value, names);
  return { kind: 'done', value: found === undefined ? {} : { customProperties: found } };
}

type StoredEvent = Event & { readonly id: string };

function eventIn({ json }: Answer): StoredEvent | undefined {
  const event = (json ?? {}) as Event;
  return typeof event.id === 'string' ? (event as StoredEvent) : undefined;
}
