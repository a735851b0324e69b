import { wholeDays } from './all-day.js';
import { CalendarError } from './calendar-error.js';
import { dateOf, dayAt, dayOf } from './expansion.js';
import type { Content } from './item.js';
import { checkRecurrence } from './recurrence-rules.js';
import type { Recurrence } from './recurrence.js';
import { timesOn } from './series.js';
import { wallTime } from './zone.js';

const DAY = 86_400_000;
const MOST_YEARS = 5;

// The Outlook store counts minutes from 1601, in 32 bits.
const EARLIEST = Date.UTC(1601, 0, 1);
const LATEST = Date.UTC(4501, 0, 1);

export function isInCalendar(instant: number): boolean {
  return instant >= EARLIEST && instant < LATEST;
}

export interface Timing {
  readonly start: number;
  readonly end: number;
  readonly recurrence: Recurrence | undefined;
}

/**
 * When an item really is: whole days snapped, a series at its first occurrence.
 *
 * @throws CalendarError if it lies outside the calendar, ends before it starts, lasts longer than five years, or repeats impossibly
 */
export function settleTiming(content: Content): Timing {
  if (!isInCalendar(content.start) || !isInCalendar(content.end)) {
    throw new CalendarError('out of range', 'The calendar is from 1601 to 4500.');
  }
  if (content.end < content.start) throw new CalendarError('end before start', 'The end lies before the start.');
  if (content.end > yearsAfter(content.start, MOST_YEARS))
    throw new CalendarError('too long', 'Longer than five years.');
  const { startZone, endZone, recurrence } = content;
  const times = content.isAllDay ? wholeDays(content.start, content.end, startZone, endZone) : content;
  if (recurrence === undefined) return { start: times.start, end: times.end, recurrence };
  checkRecurrence(recurrence);
  const first = dayAt(recurrence, 1);
  if (first === undefined) throw new CalendarError('no occurrence', 'The pattern has no occurrence in its range.');
  const second = dayAt(recurrence, 2);
  if (second !== undefined && times.end - times.start > (second - first) * DAY) {
    throw new CalendarError('occurrences overlap', 'An occurrence lasts longer than the time to the next.');
  }
  return { ...timesOn(first, { ...times, startZone, endZone }), recurrence };
}

/** A series that is moved to another day begins on that day; its pattern stays. */
export function movedSeries(recurrence: Recurrence, content: Content): Recurrence {
  const date = dateOf(Math.floor(wallTime(content.startZone, content.start) / DAY));
  const { range, pattern } = recurrence;
  if (range.kind === 'endDate' && dayOf(range.end) < dayOf(date)) {
    throw new CalendarError('end before start', 'The series would start after its end.');
  }
  return { pattern, range: { ...range, start: date } };
}

function yearsAfter(instant: number, years: number): number {
  return new Date(instant).setUTCFullYear(new Date(instant).getUTCFullYear() + years);
}
