import {
  type Call,
  isNativeAppointment,
  type Outcome,
  placementUid,
  type Receipt,
  type SaveItem,
  type SaveRequest,
  type ServerDetails,
} from '@appointed/core';
import { failureOf } from './classify/classify.js';
import { unreadable } from './classify/unreadable.js';
import type { RequestSubject } from './classify/request-subject.js';
import type { ResponseMessage } from './decode/soap-answer.js';
import { child, within } from './decode/xml-tree.js';
import { calendarItem } from './encode/calendar-item.js';
import { createItem } from './encode/create-item.js';
import type { Xml } from './encode/element.js';
import type { EwsClient } from './ews-client.js';
import { nativeItem } from './native/native-item.js';

/** Saves new items in one mailbox's calendar: operation CreateItem. */
export async function save(
  client: EwsClient,
  { mailbox, sendMode, items }: SaveRequest,
  lane: string,
  call: Call,
): Promise<readonly Outcome<Receipt>[]> {
  const body = createItem(sendMode, items.map(itemElement));
  const { classified, subject } = await client.send('CreateItem', body, mailbox, lane, call);
  if (classified.kind === 'failure') return items.map(() => classified.failure);
  const { messages, server } = classified;
  return items.map((item, index) => outcomeOf(item, messages[index], subject, server));
}

function itemElement({ key, content }: SaveItem): Xml {
  return isNativeAppointment(content) ? nativeItem(content) : calendarItem(key, content);
}

function outcomeOf(
  { key }: SaveItem,
  message: ResponseMessage | undefined,
  subject: RequestSubject,
  server: ServerDetails,
): Outcome<Receipt> {
  if (message === undefined) return unreadable('the answer holds too few results', subject, server);
  if (!message.success) return failureOf(message, subject, server);
  const itemId = itemIdIn(message);
  if (itemId === undefined) return unreadable('the answer names no item', subject, server);
  const { Id, ChangeKey } = itemId;
  if (Id === undefined) return unreadable('the answer has an ItemId without Id', subject, server);
  return {
    kind: 'done',
    value: {
      itemId: Id,
      iCalUid: placementUid(key),
      ...(ChangeKey === undefined ? {} : { changeKey: ChangeKey }),
      ...(server.requestId === undefined ? {} : { requestId: server.requestId }),
    },
  };
}

function itemIdIn(message: ResponseMessage): Readonly<Record<string, string>> | undefined {
  const items = child(message.element, 'Items');
  if (items === undefined) return undefined;
  for (const { name, attributes } of within(items)) if (name === 'ItemId') return attributes;
  return undefined;
}
