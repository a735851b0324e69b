import type { CalendarItem } from '../calendar/item.js';
import type { MailboxCalendar } from '../calendar/mailbox-calendar.js';
import { isMessage } from '../calendar/meeting.js';
import { isSeries, occurrenceOn, occurrencesBetween, overlaid } from '../calendar/series.js';

/** A stretch of time, in milliseconds since 1970. */
interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** How far a room looks ahead, and at how many occurrences. */
const TWO_YEARS = 732 * 86_400_000;
const MOST_OCCURRENCES = 1000;

/**
 * Whether a room has time for a meeting, all occurrences of it: a booking policy of AllowConflicts false. Meetings that
 * the room has not decided on do not count, so that who came first is served first.
 */
export function hasTimeFor(wanted: CalendarItem, day: number | undefined, calendar: MailboxCalendar): boolean {
  const stretches = wantedStretches(wanted, day);
  const [first] = stretches;
  if (first === undefined) return true;
  const until = stretches.reduce((last, { end }) => Math.max(last, end), first.end);
  for (const other of calendar.all()) {
    if (other === wanted || !isBooking(other)) continue;
    for (const taken of bookedStretches(other, first.start, until)) {
      if (stretches.some((stretch) => taken.start < stretch.end && taken.end > stretch.start)) return false;
    }
  }
  return true;
}

function wantedStretches(item: CalendarItem, day: number | undefined): readonly Stretch[] {
  if (!isSeries(item)) return [item];
  if (day !== undefined) {
    const occurrence = occurrenceOn(item, day);
    return occurrence === undefined ? [] : [occurrence];
  }
  return occurrencesBetween(item, item.start, item.start + TWO_YEARS).slice(0, MOST_OCCURRENCES);
}

function bookedStretches(item: CalendarItem, from: number, until: number): readonly Stretch[] {
  if (!isSeries(item)) return item.start < until && item.end > from ? [item] : [];
  return occurrencesBetween(item, from, until).filter((occurrence) => {
    const { showAs, isCancelled } = overlaid(item, occurrence);
    return showAs !== 'Free' && !isCancelled;
  });
}

function isBooking(item: CalendarItem): boolean {
  if (isMessage(item) || item.folder.wellKnown !== 'calendar' || item.showAs === 'Free') return false;
  return item.organizer === undefined || (item.myResponse === 'Accept' && !item.isCancelled);
}
