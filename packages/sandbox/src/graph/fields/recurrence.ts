import type { Draft } from '../../calendar/mailbox-calendar.js';
import type { Day, DayIndex, DayOrGroup, Pattern, Range, Recurrence } from '../../calendar/recurrence.js';
import { wallTime } from '../../calendar/zone.js';
import { invalidValues } from '../graph-error.js';
import { zoneNamed } from '../preferences.js';
import type { Given } from './event-field.js';

interface PatternJson {
  readonly type?: Pattern['kind'];
  readonly interval?: number;
  readonly month?: number;
  readonly dayOfMonth?: number;
  readonly daysOfWeek?: readonly string[];
  readonly firstDayOfWeek?: string;
  readonly index?: string;
}

interface RangeJson {
  readonly type?: Range['kind'];
  readonly startDate?: string;
  readonly endDate?: string;
  readonly recurrenceTimeZone?: string | null;
  readonly numberOfOccurrences?: number;
}

const WEEK: readonly Day[] = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const GROUPS: readonly (readonly [DayOrGroup, readonly Day[]])[] = [
  ['Day', WEEK],
  ['Weekday', WEEK.slice(1, 6)],
  ['WeekendDay', ['Sunday', 'Saturday']],
];

/**
 * A patternedRecurrence. The series repeats on the clocks of `recurrenceTimeZone`, else of its own zone.
 * @throws GraphError
 */
export function readRecurrence(value: unknown, draft: Draft, { item }: Given): void {
  const { pattern, range } = value as { pattern?: PatternJson | null; range?: RangeJson | null };
  const start = draft.start ?? item?.start;
  const zone = draft.startZone ?? item?.startZone;
  if (!pattern || !range || start === undefined || zone === undefined) throw invalidValues();
  const recurrence = { pattern: readPattern(pattern), range: readRange(range) };
  // Documented: the range starts on the day on which the event does.
  if (new Date(wallTime(zone, start)).toISOString().slice(0, 10) !== recurrence.range.start) throw invalidValues();
  draft.recurrence = recurrence;
  if (!range.recurrenceTimeZone) return;
  const own = zoneNamed(range.recurrenceTimeZone);
  draft.startZone = own;
  draft.endZone = own;
}

function readPattern(json: PatternJson): Pattern {
  const { type, interval, month, dayOfMonth } = json;
  if (interval === undefined) throw invalidValues();
  switch (type) {
    case 'daily':
      return { kind: type, interval };
    case 'weekly':
      return { kind: type, interval, days: daysOf(json), firstDay: dayNamed(json.firstDayOfWeek ?? 'sunday') };
    case 'absoluteMonthly':
      return { kind: type, interval, dayOfMonth: needed(dayOfMonth) };
    case 'relativeMonthly':
      return { kind: type, interval, day: groupOf(daysOf(json)), index: indexOf(json) };
    default:
      // The store, as EWS, has no years between: see the README.
      if (type === undefined || interval !== 1) throw invalidValues();
      return type === 'absoluteYearly'
        ? { kind: type, dayOfMonth: needed(dayOfMonth), month: monthOf(month) }
        : { kind: type, day: groupOf(daysOf(json)), index: indexOf(json), month: monthOf(month) };
  }
}

function readRange({ type, startDate, endDate, numberOfOccurrences }: RangeJson): Range {
  const start = needed(startDate);
  if (type === 'endDate') return { kind: type, start, end: needed(endDate) };
  if (type === 'numbered') return { kind: type, start, count: needed(numberOfOccurrences) };
  if (type === undefined) throw invalidValues();
  return { kind: type, start };
}

function needed<T>(value: T | null | undefined): T {
  if (value === undefined || value === null) throw invalidValues();
  return value;
}

function monthOf(month: number | undefined): number {
  const number = needed(month);
  if (number < 1 || number > 12) throw invalidValues();
  return number;
}

function daysOf({ daysOfWeek }: PatternJson): Day[] {
  const days = needed(daysOfWeek).map(dayNamed);
  if (days.length === 0) throw invalidValues();
  return [...new Set(days)];
}

function dayNamed(name: string): Day {
  return needed(WEEK.find((day) => day.toLowerCase() === name));
}

/** Relative patterns have one day, or a group that has a name. */
function groupOf(days: readonly Day[]): DayOrGroup {
  if (days.length === 1) return needed(days[0]);
  const group = GROUPS.find(
    ([, members]) => members.length === days.length && days.every((day) => members.includes(day)),
  );
  return needed(group)[0];
}

function indexOf({ index = 'first' }: PatternJson): DayIndex {
  return (index.charAt(0).toUpperCase() + index.slice(1)) as DayIndex;
}

/** Every property stands there, whatever the pattern; those that it has not are zero. */
export function recurrenceJson({ pattern, range }: Recurrence, zone: string): object {
  return {
    pattern: {
      type: pattern.kind,
      interval: 'interval' in pattern ? pattern.interval : 1,
      month: 'month' in pattern ? pattern.month : 0,
      dayOfMonth: 'dayOfMonth' in pattern ? pattern.dayOfMonth : 0,
      ...dayNames(pattern),
      firstDayOfWeek: pattern.kind === 'weekly' ? pattern.firstDay.toLowerCase() : 'sunday',
      index: 'index' in pattern ? pattern.index.toLowerCase() : 'first',
    },
    range: {
      type: range.kind,
      startDate: range.start,
      endDate: range.kind === 'endDate' ? range.end : '0001-01-01',
      recurrenceTimeZone: zone,
      numberOfOccurrences: range.kind === 'numbered' ? range.count : 0,
    },
  };
}

function dayNames(pattern: Pattern): { daysOfWeek?: string[] } {
  if (pattern.kind === 'weekly') return { daysOfWeek: pattern.days.map((day) => day.toLowerCase()) };
  if (!('index' in pattern)) return {};
  const group = GROUPS.find(([name]) => name === pattern.day);
  return { daysOfWeek: (group?.[1] ?? [pattern.day]).map((day) => day.toLowerCase()) };
}
