import type { Content, CalendarItem } from './item.js';
import { dayAt, dayOf, daysBetween, lastDay } from './expansion.js';
import type { Occurrence } from './occurrence.js';
import type { Recurrence } from './recurrence.js';
import { instantOf, wallTime } from './zone.js';

const DAY = 86_400_000;

/** What differs in one occurrence of a series; `deleted` where there is none any more. */
export type Exception = OccurrenceContent | 'deleted';

/** What an occurrence can have of its own. */
export type OccurrenceContent = Partial<Content & Pick<CalendarItem, 'isCancelled' | 'myResponse'>>;

/** A recurring item. */
export type Series = CalendarItem & { recurrence: Recurrence };

export function isSeries(item: CalendarItem): item is Series {
  return item.recurrence !== undefined;
}

type Timed = Pick<Content, 'start' | 'end' | 'startZone' | 'endZone'>;

/** Start and end of the occurrence on a day: the same time on the clocks of the series' zones, whatever they do in between. */
export function timesOn(day: number, content: Timed): { start: number; end: number } {
  const start = wallTime(content.startZone, content.start);
  const end = wallTime(content.endZone, content.end);
  const from = day * DAY + (start - Math.floor(start / DAY) * DAY);
  return { start: instantOf(content.startZone, from), end: instantOf(content.endZone, from + (end - start)) };
}

/** The series' occurrences that overlap a stretch of time, in order. */
export function occurrencesBetween(item: Series, from: number, until: number): Occurrence[] {
  const length = item.end - item.start;
  // A day of slack on each side: days here are local.
  const first = Math.floor((from - length) / DAY) - 1;
  const days = new Set(daysBetween(item.recurrence, first, Math.floor(until / DAY) + 1));
  // One that was moved may have come from anywhere.
  for (const day of item.exceptions?.keys() ?? []) days.add(day);
  return [...days]
    .map((day) => occurrenceOn(item, day))
    .filter((occurrence) => occurrence !== undefined)
    .filter(({ start, end }) => start < until && (end > from || (start === end && start >= from)))
    .sort((a, b) => a.start - b.start);
}

/** The occurrence of a day, by its date in the pattern; undefined if it was deleted. */
export function occurrenceOn(item: Series, day: number): Occurrence | undefined {
  const exception = item.exceptions?.get(day);
  if (exception === 'deleted') return undefined;
  const times = timesOn(day, item);
  return {
    day,
    originalStart: times.start,
    start: exception?.start ?? times.start,
    end: exception?.end ?? times.end,
    isException: exception !== undefined,
  };
}

/** Whether the pattern puts an occurrence on that day. */
export function occursOn(item: Series, day: number): boolean {
  return daysBetween(item.recurrence, day, day).length > 0;
}

/** The day of the occurrence with that index, counted from 1; undefined past the end. */
export function dayOfIndex(item: Series, index: number): number | undefined {
  return index < 1 ? undefined : dayAt(item.recurrence, index);
}

/** The first and the last occurrence that are left; the last is undefined for a series without end. */
export function endsOf(item: Series): { first: Occurrence | undefined; last: Occurrence | undefined } {
  const start = dayOf(item.recurrence.range.start);
  const deleted = item.exceptions?.size ?? 0;
  const first = daysBetween(item.recurrence, start, Infinity, deleted + 1)
    .map((day) => occurrenceOn(item, day))
    .find((occurrence) => occurrence !== undefined);
  let day = lastDay(item.recurrence);
  while (day !== undefined && item.exceptions?.get(day) === 'deleted') {
    day = daysBetween(item.recurrence, start, day - 1).at(-1);
  }
  return { first, last: day === undefined ? undefined : occurrenceOn(item, day) };
}

/** The series with one occurrence's own content laid over it. */
export function overlaid(item: Series, occurrence: Occurrence): CalendarItem {
  const exception = item.exceptions?.get(occurrence.day);
  const own = exception === 'deleted' ? undefined : exception;
  return {
    ...item,
    ...own,
    start: occurrence.start,
    end: occurrence.end,
    recurrence: undefined,
    exceptions: undefined,
  };
}
