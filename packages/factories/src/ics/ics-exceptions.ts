import ICAL from 'ical.js';
import type { IcsEventSource } from './ics-calendar.js';
import type { Lose } from './ics-loss.js';
import { invalidIcs } from './ics-source.js';
import type { IcsSpan } from './ics-span.js';
import { readTime } from './ics-time.js';
import { wallTimeIn } from './ics-wall-time.js';
import type { IcsZones } from './ics-zones.js';
import { parameterOf, textOf } from './read-property.js';

const MOST_EXCEPTIONS = 1000; // of one series, each of which may become an appointment
const MOST_YEARS = 50; // after the start: who looks further has time to waste

/** What a series has beside its rule: all by wall times on the clock of the series. */
export interface IcsExceptions {
  /** EXDATE, and occurrences that were cancelled. */
  readonly excluded: ReadonlySet<string>;
  /** RDATE, with the length of those that have one of their own, in milliseconds. */
  readonly added: ReadonlyMap<string, number | undefined>;
  /** RECURRENCE-ID: the events in place of occurrences. */
  readonly replaced: ReadonlyMap<string, ICAL.Component>;
}

/** Reads EXDATE, RDATE, and the events that have a RECURRENCE-ID. @throws AppointedError `invalid_options`, `unknown_time_zone` */
export function exceptionsOf({ event, overrides, zones }: IcsEventSource, span: IcsSpan, lose: Lose): IcsExceptions {
  checkCount(event, overrides);
  const wallTimesOf = (holder: ICAL.Component, name: string): readonly [string, IcsValue][] =>
    valuesOf(holder, name).flatMap((value) => {
      const wallTime = wallTimeIn(span, readTime(value.text, name, value.tzid), zones);
      const why =
        wallTime === undefined ? 'a moment that the clock of the series does not tell' : tooFar(wallTime, span);
      if (why !== undefined) lose(name.toUpperCase(), `${value.text}: ${why}`);
      return wallTime === undefined || why !== undefined ? [] : [[wallTime, value] as [string, IcsValue]];
    });
  const excluded = new Set(wallTimesOf(event, 'exdate').map(([wallTime]) => wallTime));
  const added = new Map(wallTimesOf(event, 'rdate').map(([wallTime, value]) => [wallTime, lengthOf(value, zones)]));
  const replaced = new Map<string, ICAL.Component>();
  // Of several the newest.
  for (const override of overrides.toSorted((one, other) => sequenceOf(one) - sequenceOf(other))) {
    for (const [wallTime, { range, text }] of wallTimesOf(override, 'recurrence-id')) {
      if (range !== undefined) lose('RECURRENCE-ID', `${text} with RANGE=${range}: those after it are as they were`);
      replaced.set(wallTime, override);
    }
  }
  for (const [wallTime, override] of replaced) {
    if (!/^CANCEL/i.test(textOf(override, 'status'))) continue;
    replaced.delete(wallTime);
    excluded.add(wallTime);
  }
  return { excluded, added, replaced };
}

function checkCount(event: ICAL.Component, overrides: readonly ICAL.Component[]): void {
  const count = valuesOf(event, 'exdate').length + valuesOf(event, 'rdate').length + overrides.length;
  if (count <= MOST_EXCEPTIONS) return;
  const all = `${count} occurrences are taken out, moved or added by EXDATE, RDATE and RECURRENCE-ID`;
  throw invalidIcs('text', `${all}: at most ${MOST_EXCEPTIONS} of one series`);
}

interface IcsValue {
  readonly text: string;
  readonly tzid: string | undefined;
  readonly range: string | undefined;
  /** Of a period: its end, or its length. */
  readonly until: string | undefined;
}

function valuesOf(holder: ICAL.Component, name: string): readonly IcsValue[] {
  return holder.getAllProperties(name).flatMap((property) => {
    const [tzid, range] = [parameterOf(property, 'tzid'), parameterOf(property, 'range')];
    const values = (property.toJSON() as readonly unknown[]).slice(3);
    return values.map((value) => {
      const [text = '', until] = [value].flat().map(String);
      return { text, tzid, range, until };
    });
  });
}

function lengthOf({ text, tzid, until }: IcsValue, zones: IcsZones): number | undefined {
  if (until === undefined) return undefined;
  if (/^[+-]?P/.test(until)) return ICAL.Duration.fromString(until).toSeconds() * 1000;
  const [start, end] = [readTime(text, 'rdate', tzid), readTime(until, 'rdate', tzid)];
  const isFloating = zones.nameOf(start) === 'mailbox';
  const [from, to] = [start, end].map((time) =>
    isFloating ? Date.parse(`${time.wallTime}Z`) : zones.epochOf(time),
  ) as [number, number];
  return to - from;
}

function tooFar(wallTime: string, span: IcsSpan): string | undefined {
  const years = Number(wallTime.slice(0, 4)) - Number(span.wallTime.slice(0, 4));
  return years > MOST_YEARS ? `more than ${MOST_YEARS} years after the start` : undefined;
}

function sequenceOf(event: ICAL.Component): number {
  return Number(textOf(event, 'sequence')) || 0;
}
