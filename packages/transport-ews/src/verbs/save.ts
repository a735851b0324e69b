import {
  isNativeAppointment,
  type Outcome,
  placementUid,
  type Receipt,
  type SaveItem,
  type SaveRequest,
} from '@appointed/core';
import { type Conversation, outcomeOf, type Told } from '../conversation.js';
import { receiptIn } from '../decode/receipt.js';
import { calendarItem } from '../encode/calendar-item.js';
import { createItem } from '../encode/create-item.js';
import type { Xml } from '../encode/element.js';
import { nativeItem } from '../native/native-item.js';

/** Saves new items in one mailbox's calendar: operation CreateItem. */
export function save(
  conversation: Conversation,
  { sendMode, items }: SaveRequest,
): Promise<readonly Outcome<Receipt>[]> {
  return conversation
    .send('CreateItem', createItem(sendMode, items.map(itemElement)))
    .then((answer) => items.map((item, part) => receiptFor(item, outcomeOf(answer, part))));
}

function itemElement({ key, uid = placementUid(key), content }: SaveItem): Xml {
  return isNativeAppointment(content) ? nativeItem(content) : calendarItem({ key, uid }, content);
}

function receiptFor(item: SaveItem, outcome: Outcome<Told>): Outcome<Receipt> {
  return outcome.kind === 'done' ? receiptIn(outcome.value, uidOf(item)) : outcome;
}

/** A native appointment got its UID when it was made. */
function uidOf({ key, uid, content }: SaveItem): string {
  return isNativeAppointment(content) || uid === undefined ? placementUid(key) : uid;
}
