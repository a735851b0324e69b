import type { Outcome, StoredItem } from '@appointed/core';
import { unreadable } from '../classify/unreadable.js';
import type { Told } from '../conversation.js';
import { appointmentFields } from './appointment-fields.js';
import { child } from './xml-tree.js';

/** The item in a response message of GetItem. */
export function storedItem(told: Told): Outcome<StoredItem> {
  const [item] = child(told.element, 'Items')?.children ?? [];
  const { Id, ChangeKey } = child(item, 'ItemId')?.attributes ?? {};
  if (item === undefined || Id === undefined) return unreadable('the answer names no item', told);
  const changeKey = ChangeKey === undefined ? {} : { changeKey: ChangeKey };
  return { kind: 'done', value: { itemId: Id, ...changeKey, fields: appointmentFields(item) } };
}
