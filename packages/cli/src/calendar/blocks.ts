import { Temporal } from 'temporal-polyfill';
import type { Stretch } from './in-lanes.js';
import type { Occurrence } from './occurrence.js';

const DAY = 24 * 60;
/** So many hours are shown in halves. */
const FEW = 6 * 60;

/** What takes whole days, as days of a week that are counted from 0. */
export interface WholeDays extends Stretch {
  readonly occurrence: Occurrence;
  /** Since an earlier week. */
  readonly isBegun: boolean;
  readonly goesOn: boolean;
}

/** What takes whole days of a week. */
export function wholeDays(monday: Temporal.PlainDate, occurrences: readonly Occurrence[]): readonly WholeDays[] {
  return occurrences
    .filter(({ isAllDay }) => isAllDay)
    .map((occurrence) => ({ occurrence, ...daysOf(monday, occurrence) }))
    .filter(({ from, until }) => until > 0 && from < 7)
    .map(({ occurrence, from, until }) => ({
      occurrence,
      from: Math.max(from, 0),
      until: Math.min(until, 7),
      isBegun: from < 0,
      goesOn: until > 7,
    }));
}

/** What takes a part of a day, as rows of a picture that are counted from 0. */
export interface DayBlock extends Stretch {
  readonly occurrence: Occurrence;
  /** Of the week, counted from 0. */
  readonly day: number;
  /** Does it begin and end with a row? */
  readonly isExact: boolean;
}

/** Rows of a picture. */
export interface DayRows {
  readonly blocks: readonly DayBlock[];
  /** When each row begins. */
  readonly hours: readonly string[];
}

/** What takes parts of days of a week, in as many rows as hold all of it. */
export function dayBlocks(monday: Temporal.PlainDate, occurrences: readonly Occurrence[]): DayRows {
  const parts = occurrences.filter(({ isAllDay }) => !isAllDay).flatMap((one) => partsOf(monday, one));
  if (parts.length === 0) return { blocks: [], hours: [] };
  const first = Math.floor(Math.min(...parts.map(({ from }) => from)) / 60) * 60;
  const last = Math.ceil(Math.max(...parts.map(({ until }) => until)) / 60) * 60;
  const step = last - first > FEW ? 60 : 30;
  const blocks = parts.map(({ from, until, ...part }) => {
    const row = Math.floor((from - first) / step);
    const isExact = from < until && [from, until].every((minute) => (minute - first) % step === 0);
    return { ...part, isExact, from: row, until: Math.max(row + 1, Math.ceil((until - first) / step)) };
  });
  const rows = Math.max(...blocks.map(({ until }) => until));
  return withoutGaps(
    blocks,
    Array.from({ length: rows }, (_, row) => clockOf(first + row * step)),
  );
}

/** A long time in which nothing is takes one row. */
function withoutGaps(blocks: readonly DayBlock[], hours: readonly string[]): DayRows {
  const isFree = hours.map((_, row) => !blocks.some(({ from, until }) => from <= row && row < until));
  const isInGap = isFree.map((free, row) => free && (isFree[row - 1] === true || isFree[row + 1] === true));
  const kept = hours.flatMap((_, row) => (isInGap[row] === true && isInGap[row - 1] === true ? [] : [row]));
  const rowOf = (row: number): number => kept.findLastIndex((one) => one <= row);
  return {
    blocks: blocks.map(({ from, until, ...block }) => ({ ...block, from: rowOf(from), until: rowOf(until - 1) + 1 })),
    hours: kept.map((row) => (isInGap[row] === true ? '⋮' : (hours[row] ?? ''))),
  };
}

/** Day by day, in minutes since its midnight. */
function partsOf(monday: Temporal.PlainDate, occurrence: Occurrence): Omit<DayBlock, 'isExact'>[] {
  const { from, until } = daysOf(monday, occurrence);
  const days = Array.from({ length: Math.max(until, from + 1) - from }, (_, index) => from + index);
  return days
    .filter((day) => day >= 0 && day < 7)
    .map((day) => ({
      occurrence,
      day,
      from: day === from ? minuteOf(occurrence.start) : 0,
      until: day === until - 1 && minuteOf(occurrence.end) > 0 ? minuteOf(occurrence.end) : DAY,
    }))
    .map((part) => (occurrence.start.equals(occurrence.end) ? { ...part, until: part.from } : part));
}

/** The days of a week that something is on, counted from 0, its end not counted. */
function daysOf(monday: Temporal.PlainDate, { start, end }: Occurrence): Stretch {
  const dayOf = (time: Temporal.PlainDateTime): number => monday.until(time.toPlainDate()).days;
  return { from: dayOf(start), until: minuteOf(end) === 0 ? dayOf(end) : dayOf(end) + 1 };
}

function minuteOf({ hour, minute }: Temporal.PlainDateTime): number {
  return hour * 60 + minute;
}

function clockOf(minutes: number): string {
  return Temporal.PlainTime.from({ hour: Math.floor(minutes / 60), minute: minutes % 60 }).toString({
    smallestUnit: 'minute',
  });
}
