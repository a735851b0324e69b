import type { RecurrenceInput, RecurrencePattern, RecurrenceRange, RelativeDay, Weekday } from '@appointed/core';
import type ICAL from 'ical.js';
import { later, momentAt, wallTimeAt } from './clock.js';
import type { Lose } from './ics-loss.js';
import type { IcsSpan } from './ics-span.js';
import { readTime } from './ics-time.js';

const DAY_MS = 86_400_000;
const WEEKDAY_OF: Readonly<Record<string, Weekday>> = {
  SU: 'sunday',
  MO: 'monday',
  TU: 'tuesday',
  WE: 'wednesday',
  TH: 'thursday',
  FR: 'friday',
  SA: 'saturday',
};
const WEEKDAYS = Object.values(WEEKDAY_OF);
const INDEX_OF = { 1: 'first', 2: 'second', 3: 'third', 4: 'fourth', [-1]: 'last' } as const;
const SHORTEST_MONTH = 28; // days
const MOST_MONTHS = 99; // between two occurrences, for Exchange

/** A rule that Exchange has no pattern for; says why. */
class NoPattern extends Error {}

/**
 * The recurrence of an event. RFC 5545 has rules that Exchange has no pattern for: such a rule is lost, and the event
 * becomes a single one.
 */
export function recurrenceOf(event: ICAL.Component, span: IcsSpan, lose: Lose): RecurrenceInput | undefined {
  const [property, ...more] = event.getAllProperties('rrule');
  for (const other of more) lose('RRULE', `${String(other.getFirstValue())}: there is another rule before it`);
  if (property === undefined) return undefined;
  const rule = property.getFirstValue() as ICAL.Recur;
  try {
    const start = startOf(span);
    const pattern = patternOf(rule, start);
    const { dayOfMonth } = { dayOfMonth: 0, ...pattern };
    if (dayOfMonth > SHORTEST_MONTH) {
      lose(
        'RRULE',
        `months without a day ${dayOfMonth} are left out by ${String(rule)}; Exchange takes their last day`,
      );
    }
    return { ...pattern, ...rangeOf(rule, span) } as RecurrenceInput;
  } catch (error) {
    if (!(error instanceof NoPattern)) throw error;
    lose('RRULE', `${String(rule)}: ${error.message}`);
    return undefined;
  }
}

interface Start {
  readonly month: number;
  readonly day: number;
  readonly weekday: Weekday;
  /** Hour, minute and second, as BYHOUR, BYMINUTE and BYSECOND count them. */
  readonly time: readonly [number, number, number];
}

function startOf({ wallTime }: IcsSpan): Start {
  const date = new Date(`${wallTime}Z`);
  return {
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    weekday: WEEKDAYS[date.getUTCDay()] ?? 'sunday',
    time: [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()],
  };
}

function patternOf(rule: ICAL.Recur, start: Start): RecurrencePattern {
  const { parts } = rule;
  const times = [parts.BYHOUR, parts.BYMINUTE, parts.BYSECOND];
  if (times.some((values, n) => values?.some((value) => value !== start.time[n]) === true)) {
    throw new NoPattern('it is at several times of a day, or at another than the start');
  }
  if (parts.BYYEARDAY !== undefined) throw new NoPattern('BYYEARDAY');
  if (parts.BYWEEKNO !== undefined) throw new NoPattern('BYWEEKNO');
  switch (rule.freq) {
    case 'DAILY':
      return daily(rule);
    case 'WEEKLY':
      return weekly(rule, start);
    case 'MONTHLY':
      return monthly(rule, start);
    case 'YEARLY':
      return yearly(rule, start);
    default:
      throw new NoPattern(`it recurs more often than daily (${rule.freq})`);
  }
}

function daily(rule: ICAL.Recur): RecurrencePattern {
  const { BYDAY, BYMONTH, BYMONTHDAY, BYSETPOS } = rule.parts;
  if (BYMONTH !== undefined || BYMONTHDAY !== undefined || BYSETPOS !== undefined) {
    throw new NoPattern('only some of the days');
  }
  if (BYDAY === undefined) return { pattern: 'daily', interval: rule.interval };
  if (rule.interval !== 1) throw new NoPattern('only some of the days');
  return { pattern: 'weekly', interval: 1, daysOfWeek: BYDAY.map(weekdayOf), firstDayOfWeek: 'monday' };
}

function weekly(rule: ICAL.Recur, { weekday }: Start): RecurrencePattern {
  const { BYDAY, BYMONTH, BYMONTHDAY, BYSETPOS } = rule.parts;
  if (BYMONTH !== undefined || BYMONTHDAY !== undefined || BYSETPOS !== undefined) {
    throw new NoPattern('only some of the weeks');
  }
  return {
    pattern: 'weekly',
    interval: rule.interval,
    daysOfWeek: BYDAY?.map(weekdayOf) ?? [weekday],
    firstDayOfWeek: WEEKDAYS[rule.wkst - 1] ?? 'monday',
  };
}

function monthly(rule: ICAL.Recur, start: Start): RecurrencePattern {
  const { BYMONTH } = rule.parts;
  if (BYMONTH === undefined) return inMonths(rule, rule.interval, start);
  if (BYMONTH.length > 1 || rule.interval !== 1) throw new NoPattern('only some of the months');
  return inYears(rule, 1, BYMONTH[0] ?? start.month, start);
}

function yearly(rule: ICAL.Recur, start: Start): RecurrencePattern {
  const { BYDAY, BYMONTH, BYMONTHDAY } = rule.parts;
  if (BYMONTH === undefined && BYDAY !== undefined) throw new NoPattern('days that are counted in the whole year');
  // Without a month, days are those of every month.
  if (BYMONTH === undefined && BYMONTHDAY !== undefined) return inMonths(rule, monthsOf(1, rule.interval), start);
  if (BYMONTH !== undefined && BYMONTH.length > 1) throw new NoPattern('several months');
  return inYears(rule, rule.interval, BYMONTH?.[0] ?? start.month, start);
}

function monthsOf(every: number, years: number): number {
  if (years !== 1) throw new NoPattern('every month of some of the years');
  return every;
}

/** Exchange has no interval of years, and one of months that is as good. */
function inYears(rule: ICAL.Recur, years: number, month: number, start: Start): RecurrencePattern {
  const pattern = inMonths(rule, years * 12, start);
  if (years > 1) {
    if (month !== start.month) throw new NoPattern('another month than the start');
    if (years * 12 > MOST_MONTHS) throw new NoPattern(`more than ${MOST_MONTHS} months between`);
    return pattern;
  }
  if (pattern.pattern === 'absoluteMonthly')
    return { pattern: 'absoluteYearly', month, dayOfMonth: pattern.dayOfMonth };
  if (pattern.pattern !== 'relativeMonthly') throw new NoPattern('it is no day of a month');
  return { pattern: 'relativeYearly', month, index: pattern.index, dayOfWeek: pattern.dayOfWeek };
}

function inMonths(rule: ICAL.Recur, interval: number, { day }: Start): RecurrencePattern {
  const { BYDAY, BYMONTHDAY, BYSETPOS } = rule.parts;
  if (BYDAY === undefined) {
    const days = BYMONTHDAY ?? [day];
    const [only] = days;
    if (BYSETPOS !== undefined || days.length > 1 || only === undefined) throw new NoPattern('several days of a month');
    if (only === -1) return { pattern: 'relativeMonthly', interval, index: 'last', dayOfWeek: 'day' };
    if (only < 1) throw new NoPattern('days that are counted from the end of the month');
    return { pattern: 'absoluteMonthly', interval, dayOfMonth: only };
  }
  if (BYMONTHDAY !== undefined) throw new NoPattern('days of the week on certain days of the month');
  return { pattern: 'relativeMonthly', interval, ...nthOf(BYDAY, BYSETPOS) };
}

/** `BYDAY=2TU`, or `BYDAY=TU;BYSETPOS=2`. */
function nthOf(days: readonly string[], positions: readonly number[] | undefined) {
  const [, ordinal = '', name = ''] = days.length === 1 ? (/^([+-]?\d*)([A-Z]{2})$/.exec(days[0] ?? '') ?? []) : [];
  const [position, ...more] = ordinal === '' ? (positions ?? []) : [Number(ordinal)];
  if (ordinal !== '' && positions !== undefined) throw new NoPattern('days that are counted twice');
  if (position === undefined || more.length > 0) throw new NoPattern('several days of a month');
  const index = INDEX_OF[position as keyof typeof INDEX_OF];
  if (index === undefined) throw new NoPattern(`day ${position} of its kind in the month`);
  return { index, dayOfWeek: name === '' ? kindOf(days) : weekdayOf(name) };
}

function kindOf(days: readonly string[]): RelativeDay {
  switch ([...new Set(days.map(weekdayOf))].toSorted().join(' ')) {
    case 'friday monday thursday tuesday wednesday':
      return 'weekday';
    case 'saturday sunday':
      return 'weekendDay';
    case 'friday monday saturday sunday thursday tuesday wednesday':
      return 'day';
    default:
      throw new NoPattern('several days of the week');
  }
}

function weekdayOf(name: string): Weekday {
  const weekday = WEEKDAY_OF[name];
  if (weekday === undefined) throw new NoPattern(`days that are counted: ${name}`);
  return weekday;
}

function rangeOf({ count, until }: ICAL.Recur, span: IcsSpan): RecurrenceRange {
  if (count !== null) return { numberOfOccurrences: count };
  if (until === null) return {};
  const last = lastDay(String(until), span);
  const first = span.wallTime.slice(0, 10);
  return { endDate: last < first ? first : last };
}

/** The last day on which an occurrence may start: UNTIL is a moment, and mostly in UTC. */
function lastDay(text: string, { isAllDay, timeZone, wallTime }: IcsSpan): string {
  const until = readTime(text, 'until');
  if (until.isDate || (isAllDay && timeZone === 'mailbox')) return until.wallTime.slice(0, 10);
  const isElsewhere = until.isUtc && timeZone !== 'mailbox' && timeZone !== 'UTC';
  const local = isElsewhere
    ? wallTimeAt(momentAt(until.wallTime, 'UTC').epochMs, momentAt(wallTime, timeZone).zone.iana)
    : until.wallTime;
  const isEarlier = local.slice(11) < wallTime.slice(11);
  return (isEarlier ? later(local, -DAY_MS) : local).slice(0, 10);
}
