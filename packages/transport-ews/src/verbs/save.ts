import {
  isNativeAppointment,
  type Outcome,
  placementUid,
  type Receipt,
  type SaveItem,
  type SaveRequest,
} from '@appointed/core';
import type { Conversation, Told } from '../conversation.js';
import { receiptIn } from '../decode/receipt.js';
import { calendarItem } from '../encode/calendar-item.js';
import { createItem } from '../encode/create-item.js';
import type { Xml } from '../encode/element.js';
import { nativeItem } from '../native/native-item.js';

/** Saves new items in one mailbox's calendar: operation CreateItem. */
export async function save(
  conversation: Conversation,
  { sendMode, items }: SaveRequest,
): Promise<readonly Outcome<Receipt>[]> {
  const body = createItem(sendMode, items.map(itemElement));
  const outcomes = await conversation.askEach('CreateItem', body, items.length);
  return outcomes.map((outcome, index) => receiptFor(items[index], outcome));
}

function itemElement({ key, uid = placementUid(key), content }: SaveItem): Xml {
  return isNativeAppointment(content) ? nativeItem(content) : calendarItem({ key, uid }, content);
}

function receiptFor(item: SaveItem | undefined, outcome: Outcome<Told>): Outcome<Receipt> {
  if (outcome.kind !== 'done') return outcome;
  const receipt = receiptIn(outcome.value);
  if (receipt.kind !== 'done' || item === undefined) return receipt;
  return { kind: 'done', value: { ...receipt.value, iCalUid: uidOf(item) } };
}

/** A native appointment got its UID when it was made. */
function uidOf({ key, uid, content }: SaveItem): string {
  return isNativeAppointment(content) || uid === undefined ? placementUid(key) : uid;
}
