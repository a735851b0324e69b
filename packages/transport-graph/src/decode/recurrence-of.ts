import type { Recurrence, RecurrencePattern, RecurrenceRange, RelativeDay, Weekday } from '@appointed/core';
import type {
  RecurrencePattern as PatternJson,
  PatternedRecurrence,
  RecurrenceRange as RangeJson,
} from '@microsoft/microsoft-graph-types';
import { WEEK } from '../week.js';

/** What a patternedRecurrence says. @returns undefined for one that is none, or none that we have words for */
export function recurrenceOf(json: PatternedRecurrence | null | undefined): Recurrence | undefined {
  const pattern = json?.pattern && patternOf(json.pattern);
  const range = json?.range && rangeOf(json.range);
  return pattern && range ? { ...pattern, ...range } : undefined;
}

function patternOf(json: PatternJson): RecurrencePattern | undefined {
  const { type, interval = 1, month = 1, dayOfMonth = 1 } = json;
  const relative = relativeOf(json);
  switch (type) {
    case 'daily':
      return { pattern: type, interval };
    case 'weekly':
      return { pattern: type, interval, ...weekOf(json) };
    case 'absoluteMonthly':
      return { pattern: type, interval, dayOfMonth };
    case 'relativeMonthly':
      return relative && { pattern: type, interval, ...relative };
    case 'absoluteYearly':
      return { pattern: type, month, dayOfMonth };
    case 'relativeYearly':
      return relative && { pattern: type, month, ...relative };
    default:
      return undefined;
  }
}

type Relative = Pick<Extract<RecurrencePattern, { pattern: 'relativeMonthly' }>, 'index' | 'dayOfWeek'>;

function relativeOf({ index, daysOfWeek }: PatternJson): Relative | undefined {
  const dayOfWeek = relativeDayOf(daysOfWeek ?? []);
  return dayOfWeek && { index: index ?? 'first', dayOfWeek };
}

function relativeDayOf(days: readonly Weekday[]): RelativeDay | undefined {
  if (days.length === 1) return days[0];
  if (days.length === 7) return 'day';
  if (days.length === 2 && days.every(isWeekend)) return 'weekendDay';
  return days.length === 5 && !days.some(isWeekend) ? 'weekday' : undefined;
}

function isWeekend(day: Weekday): boolean {
  return day === 'sunday' || day === 'saturday';
}

function weekOf({ daysOfWeek, firstDayOfWeek }: PatternJson): {
  daysOfWeek: readonly Weekday[];
  firstDayOfWeek: Weekday;
} {
  return {
    daysOfWeek: WEEK.filter((day) => daysOfWeek?.includes(day)),
    firstDayOfWeek: firstDayOfWeek ?? 'sunday',
  };
}

function rangeOf({ type, endDate, numberOfOccurrences }: RangeJson): RecurrenceRange | undefined {
  if (type === 'endDate') return endDate ? { endDate } : undefined;
  if (type === 'numbered') return numberOfOccurrences ? { numberOfOccurrences } : undefined;
  return type === 'noEnd' ? {} : undefined;
}
