import type { Moment, Recurrence, RelativeDay, Weekday } from '@appointed/core';
import type { PatternedRecurrence, RecurrencePattern, RecurrenceRange } from '@microsoft/microsoft-graph-types';
import { WEEK } from '../week.js';

const GROUPS: Readonly<Partial<Record<RelativeDay, readonly Weekday[]>>> = {
  day: WEEK,
  weekday: WEEK.slice(1, 6),
  weekendDay: ['sunday', 'saturday'],
};

/** Resource patternedRecurrence. @param start of the appointment, whose date in its own zone is the first */
export function recurrenceJson(recurrence: Recurrence, start: Moment): PatternedRecurrence {
  return { pattern: patternJson(recurrence), range: rangeJson(recurrence, start) };
}

function patternJson(recurrence: Recurrence): RecurrencePattern {
  const { pattern: type } = recurrence;
  const interval = 'interval' in recurrence ? recurrence.interval : 1;
  const month = 'month' in recurrence ? { month: recurrence.month } : {};
  if ('dayOfMonth' in recurrence) return { type, interval, ...month, dayOfMonth: recurrence.dayOfMonth };
  if ('index' in recurrence) {
    const { index, dayOfWeek } = recurrence;
    return { type, interval, ...month, index, daysOfWeek: [...daysOf(dayOfWeek)] };
  }
  if (recurrence.pattern === 'daily') return { type, interval };
  return { type, interval, daysOfWeek: [...recurrence.daysOfWeek], firstDayOfWeek: recurrence.firstDayOfWeek };
}

function daysOf(day: RelativeDay): readonly Weekday[] {
  return GROUPS[day] ?? [day as Weekday];
}

function rangeJson({ endDate, numberOfOccurrences }: Recurrence, { dateTime, zone }: Moment): RecurrenceRange {
  const start = { startDate: dateTime.slice(0, 10), recurrenceTimeZone: zone.windows };
  if (endDate !== undefined) return { type: 'endDate', ...start, endDate };
  return numberOfOccurrences === undefined
    ? { type: 'noEnd', ...start }
    : { type: 'numbered', ...start, numberOfOccurrences };
}
