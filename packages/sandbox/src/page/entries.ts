import type { CalendarItem } from '../calendar/item.js';
import { isMeeting } from '../calendar/item.js';
import type { MailboxCalendar } from '../calendar/mailbox-calendar.js';
import type { Occurrence } from '../calendar/occurrence.js';
import { isCalendarFolder } from '../calendar/folder.js';
import { isSeries, occurrencesBetween, overlaid } from '../calendar/series.js';
import { type Zone, wallTime } from '../calendar/zone.js';
import type { Mailbox } from '../directory/mailbox.js';
import { itemId, occurrenceId } from '../ews/item-id.js';
import type { Entries, Entry } from './page-state.js';

const DAY = 86_400_000;
/** More than that no calendar shows, and no person looks through. */
const MOST = 1000;

/** What is in a mailbox's calendars in a stretch of time, series by their occurrences; in order. */
export function entriesBetween(mailbox: Mailbox, calendar: MailboxCalendar, from: number, until: number): Entries {
  const entries: Entry[] = [];
  for (const item of calendar.all()) {
    if (!isCalendarFolder(item.folder)) continue;
    if (isSeries(item)) {
      for (const occurrence of occurrencesBetween(item, from, until)) {
        entries.push(entryOf(overlaid(item, occurrence), mailbox, occurrence));
      }
    } else if (item.start < until && (item.end > from || item.start >= from)) entries.push(entryOf(item, mailbox));
  }
  entries.sort((a, b) => (a.start < b.start ? -1 : Number(a.start > b.start)));
  return { total: entries.length, entries: entries.slice(0, MOST) };
}

/** @param occurrence which one of its series the item is */
export function entryOf(item: CalendarItem, mailbox: Mailbox, occurrence?: Occurrence): Entry {
  return {
    mailbox: mailbox.address,
    id: occurrence === undefined ? itemId(mailbox, item.number) : occurrenceId(mailbox, item.number, occurrence.day),
    folder: item.folder.wellKnown ?? item.folder.display,
    subject: item.subject ?? '',
    location: item.location ?? '',
    start: new Date(item.start).toISOString(),
    end: new Date(item.end).toISOString(),
    ...(item.isAllDay
      ? { days: { first: dateIn(item.startZone, item.start), after: dateIn(item.endZone, item.end) } }
      : {}),
    isSeries: occurrence !== undefined || isSeries(item),
    isException: occurrence?.isException ?? false,
    isMeeting: isMeeting(item),
    isCancelled: item.isCancelled,
    showAs: item.showAs,
  };
}

function dateIn(zone: Zone, instant: number): string {
  return new Date(Math.floor(wallTime(zone, instant) / DAY) * DAY).toISOString().slice(0, 10);
}
