import type { Found, ItemPlace } from '@appointed/core';
import { child, within, type XmlElement } from './xml-tree.js';

/**
 * An item of a search by key.
 * @returns undefined for what is no appointment: a meeting request, a mail
 */
export function foundItem(item: XmlElement, place: ItemPlace): Found | undefined {
  const { Id, ChangeKey } = child(item, 'ItemId')?.attributes ?? {};
  const key = keyIn(item);
  if (item.name !== 'CalendarItem' || Id === undefined || key === undefined) return undefined;
  const iCalUid = child(item, 'UID')?.text;
  return {
    key,
    itemId: Id,
    ...(ChangeKey === undefined ? {} : { changeKey: ChangeKey }),
    ...(iCalUid === undefined ? {} : { iCalUid }),
    place,
  };
}

/** The only extended property that was asked for. */
function keyIn(item: XmlElement): string | undefined {
  const property = child(item, 'ExtendedProperty');
  if (property === undefined) return undefined;
  for (const { name, text } of within(property)) if (name === 'Value') return text;
  return undefined;
}
