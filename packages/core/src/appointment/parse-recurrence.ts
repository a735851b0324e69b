import { dateOf, dateText, dayNumber, daysInMonth } from './calendar-date.js';
import { integerOf, listOf, oneOf, recordWith, refuse } from './read-field.js';
import {
  DAY_INDEXES,
  PATTERNS,
  type Recurrence,
  type RecurrencePattern,
  type RecurrenceRange,
  RELATIVE_DAYS,
  type Weekday,
  WEEKDAYS,
} from './recurrence.js';
import { recursOn } from './recurs-on.js';

const MOST_DAYS = 999;
const MOST_WEEKS_OR_MONTHS = 99;
const MOST_OCCURRENCES = 999;
const LEAP_YEAR = 2024;

const MEMBERS: Readonly<Record<RecurrencePattern['pattern'], readonly string[]>> = {
  daily: ['interval'],
  weekly: ['interval', 'daysOfWeek', 'firstDayOfWeek'],
  absoluteMonthly: ['interval', 'dayOfMonth'],
  relativeMonthly: ['interval', 'index', 'dayOfWeek'],
  absoluteYearly: ['month', 'dayOfMonth'],
  relativeYearly: ['month', 'index', 'dayOfWeek'],
};

/**
 * Reads a recurrence.
 * @param startDate of the appointment, in its own zone: `YYYY-MM-DD`
 */
export function recurrenceOf(value: unknown, field: string, startDate: string): Recurrence {
  const pattern = patternOf(value, field);
  const start = dayNumber(startDate);
  if (!recursOn(pattern, start)) throw beginsElsewhere(pattern, start, field);
  return Object.freeze({ ...pattern, ...rangeOf(value as Given, field, startDate) });
}

type Given = Readonly<Record<string, unknown>>;

function patternOf(value: unknown, field: string): RecurrencePattern {
  const kind = oneOf(PATTERNS)((value as Given | null | undefined)?.['pattern'], `${field}.pattern`);
  const given = recordWith(value, field, ['pattern', ...MEMBERS[kind], 'endDate', 'numberOfOccurrences']);
  const interval = (most: number): number => integerOf(given['interval'] ?? 1, `${field}.interval`, 1, most);
  const relative = () => ({
    index: oneOf(DAY_INDEXES)(given['index'], `${field}.index`),
    dayOfWeek: oneOf(RELATIVE_DAYS)(given['dayOfWeek'], `${field}.dayOfWeek`),
  });
  const month = (): number => integerOf(given['month'], `${field}.month`, 1, 12);
  const dayOfMonth = (most: number): number => integerOf(given['dayOfMonth'], `${field}.dayOfMonth`, 1, most);
  switch (kind) {
    case 'daily':
      return { pattern: kind, interval: interval(MOST_DAYS) };
    case 'weekly':
      return { pattern: kind, interval: interval(MOST_WEEKS_OR_MONTHS), ...weekOf(given, field) };
    case 'absoluteMonthly':
      return { pattern: kind, interval: interval(MOST_WEEKS_OR_MONTHS), dayOfMonth: dayOfMonth(31) };
    case 'relativeMonthly':
      return { pattern: kind, interval: interval(MOST_WEEKS_OR_MONTHS), ...relative() };
    case 'absoluteYearly':
      return { pattern: kind, month: month(), dayOfMonth: dayOfMonth(daysInMonth(LEAP_YEAR, month())) };
    case 'relativeYearly':
      return { pattern: kind, month: month(), ...relative() };
  }
}

function weekOf(
  given: Given,
  field: string,
): { readonly daysOfWeek: readonly Weekday[]; readonly firstDayOfWeek: Weekday } {
  const days = new Set(listOf(given['daysOfWeek'], `${field}.daysOfWeek`, oneOf(WEEKDAYS)));
  if (days.size === 0) throw refuse(`${field}.daysOfWeek`, 'names no day');
  return {
    daysOfWeek: Object.freeze(WEEKDAYS.filter((day) => days.has(day))),
    firstDayOfWeek: oneOf(WEEKDAYS)(given['firstDayOfWeek'] ?? 'monday', `${field}.firstDayOfWeek`),
  };
}

function rangeOf({ endDate, numberOfOccurrences }: Given, field: string, startDate: string): RecurrenceRange {
  if (endDate !== undefined && numberOfOccurrences !== undefined) {
    throw refuse(field, 'has both endDate and numberOfOccurrences');
  }
  if (numberOfOccurrences !== undefined) {
    const path = `${field}.numberOfOccurrences`;
    return { numberOfOccurrences: integerOf(numberOfOccurrences, path, 1, MOST_OCCURRENCES) };
  }
  if (endDate === undefined) return {};
  const last = dateOf(endDate, `${field}.endDate`);
  if (last < startDate) throw refuse(`${field}.endDate`, `(${last}) is before the start (${startDate})`);
  return { endDate: last };
}

/** The longest that a pattern can leave out: 29 February, across a century that is no leap year's. */
const MOST_DAYS_BETWEEN = 366 * 8;

function beginsElsewhere(pattern: RecurrencePattern, start: number, field: string): Error {
  const days = Array.from({ length: MOST_DAYS_BETWEEN }, (_, n) => start + n);
  const first = days.find((day) => recursOn(pattern, day));
  const hint = first === undefined ? '' : `: the first from then on is ${dateText(first)}`;
  return refuse(field, `does not fall on the start, ${dateText(start)}${hint}`);
}
