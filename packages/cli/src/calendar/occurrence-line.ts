import type { Temporal } from 'temporal-polyfill';
import type { Occurrence } from './occurrence.js';

export const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;

/** When something takes place, and what it is: `Mon 2027-03-01 09:00 to 10:00  Tennis lesson (Tennis club)`. */
export function occurrenceLine(occurrence: Occurrence): string {
  return `${timesOf(occurrence)}  ${wordsOf(occurrence)}`;
}

/** What it is, and where. */
export function wordsOf({ title, place }: Occurrence): string {
  return place === '' ? title : `${title} (${place})`;
}

/** `09:00` */
export function clock(time: Temporal.PlainDateTime): string {
  return time.toPlainTime().toString({ smallestUnit: 'minute' });
}

function timesOf({ isAllDay, start, end }: Occurrence): string {
  const last = isAllDay ? end.subtract({ days: 1 }) : end;
  const isOneDay = start.toPlainDate().equals(last.toPlainDate());
  if (isAllDay) return isOneDay ? dayOf(start) : `${dayOf(start)} to ${dayOf(last)}`;
  return `${dayOf(start)} ${clock(start)} to ${isOneDay ? '' : `${dayOf(end)} `}${clock(end)}`;
}

function dayOf(time: Temporal.PlainDateTime): string {
  return `${WEEKDAYS[time.dayOfWeek - 1]} ${time.toPlainDate().toString()}`;
}
