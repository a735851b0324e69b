import type { CalendarItem } from '../calendar/item.js';
import type { MailboxCalendar } from '../calendar/mailbox-calendar.js';
import { isMessage } from '../calendar/meeting.js';
import type { Occurrence } from '../calendar/occurrence.js';
import { type Series, isSeries, occurrenceOn, occursOn, overlaid } from '../calendar/series.js';
import type { Mailbox } from '../directory/mailbox.js';
import type { GraphCall } from './call.js';
import { findById } from './event-id.js';
import { itemNotFound } from './graph-error.js';
import type { Preferences } from './preferences.js';

/** An item as an event: itself, or one occurrence of its series. */
export interface EventView {
  /** For an occurrence: the series with the occurrence's own content laid over it. */
  readonly item: CalendarItem;
  /** What is stored. */
  readonly stored: CalendarItem;
  readonly occurrence: Occurrence | undefined;
  readonly mailbox: Mailbox;
  readonly calendar: MailboxCalendar;
  readonly preferences: Preferences;
}

export function viewOf(item: CalendarItem, call: GraphCall): EventView {
  const { mailbox, calendar, preferences } = call;
  return { item, stored: item, occurrence: undefined, mailbox, calendar, preferences };
}

export function occurrenceView(series: Series, occurrence: Occurrence, call: GraphCall): EventView {
  return { ...viewOf(series, call), item: overlaid(series, occurrence), occurrence };
}

/** The event that a path names. @throws GraphError ErrorItemNotFound, ErrorInvalidIdMalformed */
export function eventOf(call: GraphCall): EventView {
  const { item, day } = findById(call.parameters['event'] ?? '', call.mailbox, call.calendar);
  // Mail about meetings is kept as items are, and is no event.
  if (isMessage(item)) throw itemNotFound();
  if (day === undefined) return viewOf(item, call);
  const occurrence = isSeries(item) && occursOn(item, day) ? occurrenceOn(item, day) : undefined;
  if (occurrence === undefined || !isSeries(item)) throw itemNotFound();
  return occurrenceView(item, occurrence, call);
}
