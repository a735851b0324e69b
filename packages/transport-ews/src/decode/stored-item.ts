import type { CustomPropertyName, Outcome, StoredItem } from '@appointed/core';
import { unreadable } from '../classify/unreadable.js';
import type { Told } from '../conversation.js';
import { appointmentFields } from './appointment-fields.js';
import { type Attached, attachedTo } from './attached.js';
import { customPropertyNames } from './extended-properties.js';
import { child, type XmlElement } from './xml-tree.js';

/** An item as one request tells it, and what further ones would be about. */
export interface PartOfItem extends StoredItem {
  readonly attached: readonly Attached[];
  readonly customProperties: readonly CustomPropertyName[];
}

/** The item in a response message of GetItem. */
export function partOfItem(told: Told): Outcome<PartOfItem> {
  const item = itemIn(told);
  const { Id, ChangeKey } = child(item, 'ItemId')?.attributes ?? {};
  if (item === undefined || Id === undefined) return unreadable('the answer names no item', told);
  const part = {
    itemId: Id,
    ...(ChangeKey === undefined ? {} : { changeKey: ChangeKey }),
    fields: appointmentFields(item),
    attached: attachedTo(item),
    customProperties: customPropertyNames(item),
  };
  return { kind: 'done', value: part };
}

/** The element of the item in a response message of GetItem. */
export function itemIn({ element }: Told): XmlElement | undefined {
  return child(element, 'Items')?.children[0];
}
