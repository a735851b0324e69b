import type { Outcome, Receipt } from '@appointed/core';
import { unreadable } from '../classify/unreadable.js';
import type { Told } from '../conversation.js';
import { child, within, type XmlElement } from './xml-tree.js';

/**
 * What the server said of an item that it stored. Without an id, nobody knows whether it did.
 * @param iCalUid the UID that it was sent with
 */
export function receiptIn(told: Told, iCalUid?: string): Outcome<Receipt> {
  const itemId = itemIdIn(told.element);
  if (itemId === undefined) return unreadable('the answer names no item', told);
  const { Id, ChangeKey } = itemId;
  if (Id === undefined) return unreadable('the answer has an ItemId without Id', told);
  const receipt: { -readonly [K in keyof Receipt]: Receipt[K] } = { itemId: Id };
  if (ChangeKey !== undefined) receipt.changeKey = ChangeKey;
  if (told.server.requestId !== undefined) receipt.requestId = told.server.requestId;
  if (iCalUid !== undefined) receipt.iCalUid = iCalUid;
  return { kind: 'done', value: receipt };
}

function itemIdIn(message: XmlElement): Readonly<Record<string, string>> | undefined {
  const items = child(message, 'Items');
  if (items === undefined) return undefined;
  const itemId = child(items.children[0], 'ItemId') ?? [...within(items)].find(({ name }) => name === 'ItemId');
  return itemId?.attributes;
}
