import type { Temporal } from 'temporal-polyfill';
import type { Occurrence } from './occurrence.js';

/** The Monday of a day's week. */
function mondayOf(day: Temporal.PlainDate): Temporal.PlainDate {
  return day.subtract({ days: day.dayOfWeek - 1 });
}

/** The Mondays of the weeks that something lasts over, its end not counted. */
export function weeksOf({ start, end }: Occurrence): readonly Temporal.PlainDate[] {
  const last = end.subtract({ seconds: 1 }).toPlainDate();
  const mondays = [mondayOf(start.toPlainDate())];
  for (
    let next = mondays[0]?.add({ days: 7 });
    next !== undefined && isBefore(next, last);
    next = next.add({ days: 7 })
  )
    mondays.push(next);
  return mondays;
}

function isBefore(day: Temporal.PlainDate, last: Temporal.PlainDate): boolean {
  return day.until(last).days >= 0;
}
