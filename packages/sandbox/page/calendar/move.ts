import { type Route, go, route } from '../state/route.js';
import { now, shownZone, wallTime } from '../state/times.js';

const DAY = 86_400_000;

/** The day that the calendar shows, or that its week or month is of. */
export function shownDate(): string {
  return route.value.date === '' ? wallTime(now(), shownZone()).slice(0, 10) : route.value.date;
}

/** Earlier (-1) or later (1) by what is shown. */
export function move(direction: -1 | 1): void {
  go({ date: moved(shownDate(), route.value.view, direction) });
}

export function today(): void {
  go({ date: '' });
}

function moved(from: string, view: Route['view'], direction: -1 | 1): string {
  const date = new Date(`${from}T00:00:00Z`);
  if (view === 'day' || view === 'week') date.setTime(date.getTime() + direction * (view === 'day' ? 1 : 7) * DAY);
  // From the first of the month: a month after 31 January there is no such day.
  else date.setUTCMonth(date.getUTCMonth() + direction, 1);
  return date.toISOString().slice(0, 10);
}
