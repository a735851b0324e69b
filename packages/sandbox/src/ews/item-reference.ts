import type { CalendarItem } from '../calendar/item.js';
import { type Series, dayOfIndex, isSeries, occurrenceOn, occursOn, overlaid } from '../calendar/series.js';
import { type Call, calendarOf, mailboxOf } from './call.js';
import { ItemError } from './fault.js';
import type { View } from './fields/field.js';
import { isChangeKeyOf, parseAnyItemId } from './item-id.js';
import type { XmlElement } from './xml-element.js';

/** A view, and the stored item that it is a view of: for an occurrence, its series. */
export interface ResolvedItem extends View {
  readonly series: CalendarItem;
}

/** What an ItemId, OccurrenceItemId or RecurringMasterItemId names. @throws ItemError */
export function resolveItem(reference: XmlElement, call: Call): ResolvedItem {
  switch (reference.name) {
    case 't:OccurrenceItemId':
      return byIndex(reference, call);
    case 't:RecurringMasterItemId': {
      const { item, day } = stored(reference.attribute('OccurrenceId') ?? '', call);
      if (day !== undefined) return viewOf(item, undefined, call);
      const text = 'The id of the recurring master cannot be made of the id that was given.';
      throw new ItemError('ErrorCalendarCannotUseIdForRecurringMasterId', text);
    }
    case 't:ItemId': {
      const { item, day } = stored(reference.attribute('Id') ?? '', call);
      return viewOf(item, day, call);
    }
    default:
      throw new ItemError('ErrorInvalidOperation', `The sandbox does not serve ${reference.localName}.`);
  }
}

/** Whether the change key that came with a reference is the item's own. @returns undefined if none came */
export function isCurrent(reference: XmlElement, item: CalendarItem, call: Call): boolean | undefined {
  const changeKey = reference.attribute('ChangeKey');
  if (changeKey === undefined || changeKey === '') return undefined;
  return isChangeKeyOf(mailboxOf(call), changeKey, item.change);
}

function stored(id: string, call: Call): { item: CalendarItem; day: number | undefined } {
  const { number, day } = parseAnyItemId(mailboxOf(call), id);
  const item = calendarOf(call).item(number);
  if (item === undefined) throw notFound();
  return { item, day };
}

function byIndex(reference: XmlElement, call: Call): ResolvedItem {
  const { item } = stored(reference.attribute('RecurringMasterId') ?? '', call);
  if (!isSeries(item)) {
    const text = 'The id of the occurrence cannot be made of the id that was given.';
    throw new ItemError('ErrorCalendarCannotUseIdForOccurrenceId', text);
  }
  const day = dayOfIndex(item, Number(reference.attribute('InstanceIndex')));
  if (day === undefined) {
    const text = 'Occurrence index is out of recurrence range.';
    throw new ItemError('ErrorCalendarOccurrenceIndexIsOutOfRecurrenceRange', text);
  }
  return viewOf(item, day, call);
}

function viewOf(item: CalendarItem, day: number | undefined, call: Call): ResolvedItem {
  const seen = { series: item, mailbox: mailboxOf(call), calendar: calendarOf(call), bodyType: 'Best' as const };
  if (day === undefined) return { ...seen, item, occurrence: undefined };
  if (!isSeries(item) || !occursOn(item, day)) throw notFound();
  return { ...seen, ...occurrenceView(item, day) };
}

function occurrenceView(item: Series, day: number): Pick<View, 'item' | 'occurrence'> {
  const occurrence = occurrenceOn(item, day);
  if (occurrence !== undefined) return { item: overlaid(item, occurrence), occurrence };
  const text = 'Occurrence is deleted from the recurrence.';
  throw new ItemError('ErrorCalendarOccurrenceIsDeletedFromRecurrence', text);
}

function notFound(): ItemError {
  return new ItemError('ErrorItemNotFound', 'The specified object was not found in the store.');
}
