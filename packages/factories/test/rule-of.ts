import type { RecurrenceInput } from '@appointed/core';

const INDEX = { first: 1, second: 2, third: 3, fourth: 4, last: -1 };
const WORKDAYS = 'MO,TU,WE,TH,FR';
const KINDS: Readonly<Record<string, string>> = {
  weekday: WORKDAYS,
  weekendDay: 'SA,SU',
  day: `${WORKDAYS},SA,SU`,
};

/** The RRULE of a recurrence, where it has one: no day after the 28th. Written from Exchange's words, not from the factory. */
export function ruleOf(recurrence: RecurrenceInput): string {
  const { endDate, numberOfOccurrences } = recurrence;
  const count = numberOfOccurrences === undefined ? '' : `;COUNT=${numberOfOccurrences}`;
  const until = endDate === undefined ? '' : `;UNTIL=${endDate.replaceAll('-', '')}T235959Z`;
  return `${patternRule(recurrence)}${count}${until}`;
}

function patternRule(recurrence: RecurrenceInput): string {
  const every = `INTERVAL=${'interval' in recurrence ? (recurrence.interval ?? 1) : 1}`;
  switch (recurrence.pattern) {
    case 'daily':
      return `FREQ=DAILY;${every}`;
    case 'weekly':
      return `FREQ=WEEKLY;${every};BYDAY=${recurrence.daysOfWeek.map(short).join(',')};WKST=${short(recurrence.firstDayOfWeek ?? 'monday')}`;
    case 'absoluteMonthly':
      return `FREQ=MONTHLY;${every};BYMONTHDAY=${recurrence.dayOfMonth}`;
    case 'absoluteYearly':
      return `FREQ=YEARLY;BYMONTH=${recurrence.month};BYMONTHDAY=${recurrence.dayOfMonth}`;
    case 'relativeMonthly':
      return `FREQ=MONTHLY;${every};${nth(recurrence)}`;
    case 'relativeYearly':
      return `FREQ=YEARLY;BYMONTH=${recurrence.month};${nth(recurrence)}`;
  }
}

function nth({ index, dayOfWeek }: { readonly index: keyof typeof INDEX; readonly dayOfWeek: string }): string {
  return `BYDAY=${KINDS[dayOfWeek] ?? short(dayOfWeek)};BYSETPOS=${INDEX[index]}`;
}

function short(day: string): string {
  return day.slice(0, 2).toUpperCase();
}
