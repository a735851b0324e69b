import type { CalendarItem } from '../calendar/item.js';
import { type Call, calendarOf, mailboxOf } from './call.js';
import { ItemError } from './fault.js';
import type { View } from './fields/field.js';
import { isChangeKeyOf, parseAnyItemId } from './item-id.js';
import type { XmlElement } from './xml-element.js';

/** What an ItemId, OccurrenceItemId or RecurringMasterItemId names. @throws ItemError */
export function resolveItem(reference: XmlElement, call: Call): View {
  const mailbox = mailboxOf(call);
  const { number } = parseAnyItemId(mailbox, reference.attribute('Id') ?? '');
  const calendar = calendarOf(call);
  const item = calendar.item(number);
  if (item === undefined) throw notFound();
  return { item, mailbox, calendar, occurrence: undefined, bodyType: 'Best' };
}

/** Whether the change key that came with a reference is the item's own. @returns undefined if none came */
export function isCurrent(reference: XmlElement, item: CalendarItem, call: Call): boolean | undefined {
  const changeKey = reference.attribute('ChangeKey');
  if (changeKey === undefined || changeKey === '') return undefined;
  return isChangeKeyOf(mailboxOf(call), changeKey, item.change);
}

function notFound(): ItemError {
  return new ItemError('ErrorItemNotFound', 'The specified object was not found in the store.');
}
