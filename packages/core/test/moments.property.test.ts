import { type Moment, parseAppointment } from '@appointed/core';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

// With daylight saving of an hour, of half an hour, backwards, by the moon, and none; far east, far west and skewed.
const ZONES = [
  'Europe/Berlin',
  'Europe/Dublin',
  'America/New_York',
  'America/St_Johns',
  'America/Sao_Paulo',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Pacific/Apia',
  'Pacific/Chatham',
  'Pacific/Honolulu',
];
const DAY_MS = 86_400_000;
const second = fc.integer({ min: Date.UTC(1995, 0) / 1000, max: Date.UTC(2045, 0) / 1000 }).map((s) => s * 1000);
const zone = fc.constantFrom(...ZONES);

const formats = new Map(
  ZONES.map((timeZone) => [
    timeZone,
    new Intl.DateTimeFormat('en-u-hc-h23', {
      timeZone,
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    }),
  ]),
);

/** What a clock on the wall shows at an instant: the wall time, written as if it were UTC. */
function wallAt(instant: number, timeZone: string): number {
  const parts = new Map(
    formats
      .get(timeZone)
      ?.formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const [year = 0, month = 0, day, hour, minute, seconds] = ['year', 'month', 'day', 'hour', 'minute', 'second'].map(
    (type) => parts.get(type as Intl.DateTimeFormatPartTypes),
  );
  return Date.UTC(year, month - 1, day, hour, minute, seconds);
}

/** RFC 5545, 3.3.5, from clocks alone: the offset before a change counts, in a gap and in an overlap. */
function instantOf(wall: number, timeZone: string): number {
  const offsetAt = (instant: number): number => wallAt(instant, timeZone) - instant;
  const before = wall - offsetAt(wall - DAY_MS);
  const after = wall - offsetAt(wall + DAY_MS);
  return wallAt(before, timeZone) !== wall && wallAt(after, timeZone) === wall ? after : before;
}

function parsed(wall: number, timeZone: string): Moment {
  const start = { dateTime: new Date(wall).toISOString().slice(0, 19), timeZone };
  return parseAppointment({ subject: 'x', start, end: start }).start;
}

describe('any wall time in any zone', () => {
  it('is the instant that clocks in that zone say it is', () => {
    fc.assert(
      fc.property(second, zone, (wall, timeZone) => {
        const moment = parsed(wall, timeZone);
        expect(moment.epochMs).toBe(instantOf(wall, timeZone));
        expect(moment.dateTime).toBe(new Date(wallAt(moment.epochMs, timeZone)).toISOString().slice(0, 19));
        expect(Date.parse(`${moment.dateTime}${moment.offset}`)).toBe(moment.epochMs);
      }),
      { numRuns: 1000 },
    );
  });

  it('around every change of the clocks is so, too', () => {
    const aroundAChange = fc
      .tuple(second, zone, fc.integer({ min: -10_800, max: 10_800 }))
      .map(([from, timeZone, seconds]) => ({ timeZone, wall: nextChange(from, timeZone) + seconds * 1000 }));
    fc.assert(
      fc.property(aroundAChange, ({ timeZone, wall }) => {
        expect(parsed(wall, timeZone).epochMs).toBe(instantOf(wall, timeZone));
      }),
      { numRuns: 100 },
    );
  });

  it('is in UTC what its ISO text says, for a Date', () => {
    const ms = fc.integer({ min: Date.UTC(1601, 0, 1), max: Date.UTC(4500, 11, 31) });
    fc.assert(
      fc.property(ms, (epochMs) => {
        const date = new Date(epochMs);
        const { start } = parseAppointment({ subject: 'x', start: date, end: new Date(Date.UTC(4500, 11, 31, 12)) });
        expect(start).toMatchObject({ dateTime: date.toISOString().slice(0, 19), offset: 'Z' });
      }),
      { numRuns: 1000 },
    );
  });
});

/** The wall time at which clocks are next changed, to the hour; the moment itself where they are not within a year. */
function nextChange(from: number, timeZone: string): number {
  const offsetAt = (instant: number): number => wallAt(instant, timeZone) - instant;
  const start = Math.floor(from / 3_600_000) * 3_600_000;
  for (let day = start; day < start + 366 * DAY_MS; day += DAY_MS) {
    if (offsetAt(day) === offsetAt(day + DAY_MS)) continue;
    let hour = day;
    while (offsetAt(hour + 3_600_000) === offsetAt(day)) hour += 3_600_000;
    return wallAt(hour + 3_600_000, timeZone);
  }
  return from;
}
