import type { Recurrence, RelativeDay } from '@appointed/core';

const INDEXES = { first: 1, second: 2, third: 3, fourth: 4, last: -1 };

/** A recurrence as the RRULE of RFC 5545. */
export function recurrenceRule(recurrence: Recurrence): string {
  const parts = [...patternOf(recurrence), ...rangeOf(recurrence)];
  return `RRULE:${parts.join(';')}`;
}

function patternOf(rule: Recurrence): readonly string[] {
  switch (rule.pattern) {
    case 'daily':
      return ['FREQ=DAILY', `INTERVAL=${rule.interval}`];
    case 'weekly': {
      const days = rule.daysOfWeek.map(shortName).join(',');
      return ['FREQ=WEEKLY', `INTERVAL=${rule.interval}`, `BYDAY=${days}`, `WKST=${shortName(rule.firstDayOfWeek)}`];
    }
    case 'absoluteMonthly':
      return ['FREQ=MONTHLY', `INTERVAL=${rule.interval}`, ...dayOfMonth(rule.dayOfMonth)];
    case 'relativeMonthly':
      return ['FREQ=MONTHLY', `INTERVAL=${rule.interval}`, ...relative(rule.dayOfWeek, INDEXES[rule.index])];
    case 'absoluteYearly':
      return ['FREQ=YEARLY', `BYMONTH=${rule.month}`, ...dayOfMonth(rule.dayOfMonth)];
    case 'relativeYearly':
      return ['FREQ=YEARLY', `BYMONTH=${rule.month}`, ...relative(rule.dayOfWeek, INDEXES[rule.index])];
  }
}

function rangeOf({ endDate, numberOfOccurrences }: Recurrence): readonly string[] {
  if (endDate !== undefined) return [`UNTIL=${endDate.replaceAll('-', '')}T235959Z`];
  return numberOfOccurrences === undefined ? [] : [`COUNT=${numberOfOccurrences}`];
}

/** In a shorter month its last day: the last of those that there are. */
function dayOfMonth(day: number): readonly string[] {
  if (day <= 28) return [`BYMONTHDAY=${day}`];
  const days = Array.from({ length: day - 27 }, (_, index) => 28 + index);
  return [`BYMONTHDAY=${days.join(',')}`, 'BYSETPOS=-1'];
}

function relative(day: RelativeDay, index: number): readonly string[] {
  if (day === 'day') return ['BYDAY=SU,MO,TU,WE,TH,FR,SA', `BYSETPOS=${index}`];
  if (day === 'weekday') return ['BYDAY=MO,TU,WE,TH,FR', `BYSETPOS=${index}`];
  if (day === 'weekendDay') return ['BYDAY=SA,SU', `BYSETPOS=${index}`];
  return [`BYDAY=${index}${shortName(day)}`];
}

function shortName(day: string): string {
  return day.slice(0, 2).toUpperCase();
}
