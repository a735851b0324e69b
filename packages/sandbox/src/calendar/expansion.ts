import type { RRule, Options } from 'rrule';
import { library } from '../library.js';
import { CalendarError } from './calendar-error.js';
import type { Day, DayIndex, DayOrGroup, Pattern, Recurrence } from './recurrence.js';

/**
 * The dates of a series, as days since 1970. The rules run in floating time: a series is a matter of local dates, and
 * only the occurrence's hour is a matter of the zone.
 */
const DAY = 86_400_000;

const rrule = library<typeof import('rrule')>('rrule');

/** The last day of Outlook's calendar, 31 August 4500. */
export const LAST_DAY: number = Date.UTC(4500, 7, 31) / DAY;

/** Days in a range, at most `limit`. */
export function daysBetween(recurrence: Recurrence, from: number, until: number, limit: number = Infinity): number[] {
  const days: number[] = [];
  if (until < from) return days;
  const last = new Date(Math.min(until, LAST_DAY) * DAY);
  ruleFrom(recurrence, from).between(new Date(Math.max(from, -LAST_DAY) * DAY), last, true, (date) => {
    days.push(date.getTime() / DAY);
    return days.length < limit;
  });
  return days;
}

/** The occurrence with that index, counted from 1; undefined past the end. */
export function dayAt(recurrence: Recurrence, index: number): number | undefined {
  let found: number | undefined;
  ruleOf(recurrence).all((date, at) => {
    if (at === index - 1) found = date.getTime() / DAY;
    return at < index - 1;
  });
  return found;
}

/** Undefined for a series without end. */
export function lastDay(recurrence: Recurrence): number | undefined {
  if (recurrence.range.kind === 'noEnd') return undefined;
  if (recurrence.range.kind === 'numbered') return dayAt(recurrence, recurrence.range.count);
  const start = dayOf(recurrence.range.start);
  const end = dayOf(recurrence.range.end);
  // Backwards, in steps that a long series is not counted through from its beginning for.
  for (let step = 64; ; step *= 4) {
    const last = daysBetween(recurrence, Math.max(start, end - step), end).at(-1);
    if (last !== undefined || end - step <= start) return last;
  }
}

/** `2026-11-22` as days since 1970 */
export function dayOf(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY;
}

/** Days since 1970 as `2026-11-22` */
export function dateOf(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

const rules = new WeakMap<Recurrence, RRule>();

/** The rule from its beginning. */
function ruleOf(recurrence: Recurrence): RRule {
  let rule = rules.get(recurrence);
  if (rule === undefined) rules.set(recurrence, (rule = makeRule(recurrence, dayOf(recurrence.range.start))));
  return rule;
}

/** The rule from a period just before a day on: rrule counts from the beginning, and a series may be decades old. */
function ruleFrom(recurrence: Recurrence, from: number): RRule {
  const start = dayOf(recurrence.range.start);
  if (from <= start || recurrence.range.kind === 'numbered') return ruleOf(recurrence);
  return makeRule(recurrence, periodBefore(recurrence.pattern, start, Math.min(from, LAST_DAY)));
}

/** The last day not after `from` on which the pattern could as well have begun. */
function periodBefore(pattern: Pattern, start: number, from: number): number {
  const [begin, now] = [new Date(start * DAY), new Date(from * DAY)];
  const years = now.getUTCFullYear() - begin.getUTCFullYear();
  switch (pattern.kind) {
    case 'daily':
      return from - ((from - start) % pattern.interval);
    case 'weekly':
      return from - ((from - start) % (7 * pattern.interval));
    case 'absoluteMonthly':
    case 'relativeMonthly': {
      const months = years * 12 + now.getUTCMonth() - begin.getUTCMonth();
      const whole = months - (months % pattern.interval);
      return whole === 0 ? start : Date.UTC(begin.getUTCFullYear(), begin.getUTCMonth() + whole, 1) / DAY;
    }
    default:
      return years === 0 ? start : Date.UTC(now.getUTCFullYear(), 0, 1) / DAY;
  }
}

function makeRule(recurrence: Recurrence, start: number): RRule {
  const { RRule } = rrule();
  const { range, pattern } = recurrence;
  const options: Partial<Options> = {
    ...patternOptions(pattern),
    dtstart: new Date(start * DAY),
    until: new Date((range.kind === 'endDate' ? dayOf(range.end) : LAST_DAY) * DAY),
  };
  if (range.kind === 'numbered') options.count = range.count;
  // Its cache would hold every date that was ever asked for.
  return new RRule(options, true);
}

const WEEK: readonly Day[] = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const POSITIONS: Readonly<Record<DayIndex, number>> = { First: 1, Second: 2, Third: 3, Fourth: 4, Last: -1 };

function patternOptions(pattern: Pattern): Partial<Options> {
  const { RRule } = rrule();
  switch (pattern.kind) {
    case 'daily':
      return { freq: RRule.DAILY, interval: pattern.interval };
    case 'weekly':
      return {
        freq: RRule.WEEKLY,
        interval: pattern.interval,
        byweekday: pattern.days.flatMap(daysOf),
        wkst: WEEK.indexOf(pattern.firstDay),
      };
    case 'absoluteMonthly':
      return { freq: RRule.MONTHLY, interval: pattern.interval, ...dayOfMonth(pattern.dayOfMonth) };
    case 'relativeMonthly':
      return { freq: RRule.MONTHLY, interval: pattern.interval, ...nth(pattern.day, pattern.index) };
    case 'absoluteYearly':
      return { freq: RRule.YEARLY, bymonth: pattern.month, ...dayOfMonth(pattern.dayOfMonth) };
    case 'relativeYearly':
      return { freq: RRule.YEARLY, bymonth: pattern.month, ...nth(pattern.day, pattern.index) };
    default:
      throw new CalendarError('invalid recurrence', 'The recurrence pattern is unknown.');
  }
}

/** The 31st of a month that has none is its last day, in Outlook; RFC 5545 alone would skip the month. */
function dayOfMonth(day: number): Partial<Options> {
  if (day <= 28) return { bymonthday: day };
  return { bymonthday: [28, 29, 30, 31].filter((candidate) => candidate <= day), bysetpos: -1 };
}

function nth(day: DayOrGroup, index: DayIndex): Partial<Options> {
  return { byweekday: daysOf(day), bysetpos: POSITIONS[index] };
}

/** Numbers of days, Monday 0. */
function daysOf(day: DayOrGroup): number[] {
  if (day === 'Day') return [0, 1, 2, 3, 4, 5, 6];
  if (day === 'Weekday') return [0, 1, 2, 3, 4];
  return day === 'WeekendDay' ? [5, 6] : [WEEK.indexOf(day)];
}
