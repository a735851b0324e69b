import { parseAppointment, type RecurrenceInput } from '@appointed/core';
import { describe, expect, it } from 'vitest';

function recurring(date: string, recurrence: unknown): unknown {
  const day = { date, timeZone: 'Europe/Berlin' };
  return parseAppointment({ subject: 'x', start: day, end: day, recurrence }).recurrence;
}

const PATTERNS: readonly [string, RecurrenceInput, object][] = [
  ['2027-01-01', { pattern: 'daily' }, { pattern: 'daily', interval: 1 }],
  ['2027-01-01', { pattern: 'daily', interval: 999 }, { pattern: 'daily', interval: 999 }],
  [
    '2027-01-04',
    { pattern: 'weekly', interval: 2, daysOfWeek: ['friday', 'monday', 'friday'], endDate: '2027-12-31' },
    {
      pattern: 'weekly',
      interval: 2,
      daysOfWeek: ['monday', 'friday'],
      firstDayOfWeek: 'monday',
      endDate: '2027-12-31',
    },
  ],
  [
    '2027-02-28',
    { pattern: 'absoluteMonthly', dayOfMonth: 31, numberOfOccurrences: 999 },
    { pattern: 'absoluteMonthly', interval: 1, dayOfMonth: 31, numberOfOccurrences: 999 },
  ],
  [
    '2027-01-26',
    { pattern: 'relativeMonthly', interval: 3, index: 'last', dayOfWeek: 'tuesday' },
    { pattern: 'relativeMonthly', interval: 3, index: 'last', dayOfWeek: 'tuesday' },
  ],
  [
    '2027-05-03',
    { pattern: 'relativeMonthly', index: 'first', dayOfWeek: 'weekday' },
    { pattern: 'relativeMonthly', interval: 1, index: 'first', dayOfWeek: 'weekday' },
  ],
  [
    '2027-02-28',
    { pattern: 'absoluteYearly', month: 2, dayOfMonth: 29 },
    { pattern: 'absoluteYearly', month: 2, dayOfMonth: 29 },
  ],
  [
    '2027-11-25',
    { pattern: 'relativeYearly', month: 11, index: 'fourth', dayOfWeek: 'thursday' },
    { pattern: 'relativeYearly', month: 11, index: 'fourth', dayOfWeek: 'thursday' },
  ],
  [
    '2027-05-02',
    { pattern: 'relativeYearly', month: 5, index: 'second', dayOfWeek: 'weekendDay' },
    { pattern: 'relativeYearly', month: 5, index: 'second', dayOfWeek: 'weekendDay' },
  ],
  [
    '2027-05-31',
    { pattern: 'relativeYearly', month: 5, index: 'last', dayOfWeek: 'day' },
    { pattern: 'relativeYearly', month: 5, index: 'last', dayOfWeek: 'day' },
  ],
];

describe('a recurrence', () => {
  it.each(PATTERNS)('from %s: %j', (date, input, expected) => {
    expect(recurring(date, input)).toEqual(expected);
  });

  it.each([
    [{}, 'recurrence.pattern is none of daily, weekly'],
    [null, 'recurrence.pattern is none of daily, weekly'],
    ['daily', 'recurrence.pattern is none of'],
    [{ pattern: 'daily', interval: 0 }, 'recurrence.interval is not a whole number from 1 to 999'],
    [{ pattern: 'daily', interval: 1.5 }, 'recurrence.interval'],
    [{ pattern: 'daily', daysOfWeek: ['friday'] }, 'recurrence.daysOfWeek is not known: pattern, interval'],
    [{ pattern: 'weekly' }, 'recurrence.daysOfWeek names no day'],
    [{ pattern: 'weekly', daysOfWeek: ['Friday'] }, 'recurrence.daysOfWeek[0] is none of'],
    [{ pattern: 'weekly', daysOfWeek: ['friday'], interval: 100 }, 'recurrence.interval'],
    [{ pattern: 'weekly', daysOfWeek: ['friday'], firstDayOfWeek: 'day' }, 'recurrence.firstDayOfWeek is none of'],
    [{ pattern: 'absoluteMonthly', dayOfMonth: 32 }, 'recurrence.dayOfMonth is not a whole number from 1 to 31'],
    [
      { pattern: 'absoluteYearly', month: 4, dayOfMonth: 31 },
      'recurrence.dayOfMonth is not a whole number from 1 to 30',
    ],
    [{ pattern: 'absoluteYearly', month: 13, dayOfMonth: 1 }, 'recurrence.month'],
    [{ pattern: 'relativeMonthly', index: 'fifth', dayOfWeek: 'friday' }, 'recurrence.index is none of'],
    [{ pattern: 'daily', endDate: '2026-12-31' }, 'recurrence.endDate (2026-12-31) is before the start (2027-01-01)'],
    [{ pattern: 'daily', endDate: '2027-02-29' }, 'recurrence.endDate is not in the calendar'],
    [{ pattern: 'daily', numberOfOccurrences: 1000 }, 'recurrence.numberOfOccurrences'],
    [{ pattern: 'daily', numberOfOccurrences: 2, endDate: '2027-02-01' }, 'recurrence has both'],
  ])('%j from a Friday is refused', (input, message) => {
    expect(() => recurring('2027-01-01', input)).toThrow(message);
  });

  it.each([
    [{ pattern: 'weekly', daysOfWeek: ['monday'] }, '2027-01-04'],
    [{ pattern: 'absoluteMonthly', dayOfMonth: 31 }, '2027-01-31'],
    [{ pattern: 'relativeYearly', month: 11, index: 'fourth', dayOfWeek: 'thursday' }, '2027-11-25'],
  ])('%j that the start does not fall on is refused, and the first such day named', (input, first) => {
    expect(() => recurring('2027-01-01', input)).toThrow(
      `does not fall on the start, 2027-01-01: the first from then on is ${first}`,
    );
  });

  it('counts days in the zone of the start', () => {
    const start = { dateTime: '2027-01-04T01:00', timeZone: 'Asia/Tokyo' }; // Sunday in UTC
    const recurrence = { pattern: 'weekly', daysOfWeek: ['monday'] };
    expect(parseAppointment({ subject: 'x', start, end: start, recurrence }).recurrence).toBeDefined();
  });
});
