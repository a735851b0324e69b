import { type Zone, instantOf, wallTime } from '../calendar/zone.js';
import { invalidValues } from './graph-error.js';

interface DateTime {
  /** Milliseconds: of an instant, or of the wall clock if there is no offset. */
  readonly time: number;
  readonly isInstant: boolean;
}

const DATE_TIME = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)(?::(\d\d)(?:\.\d+)?)?)?(Z|[+-]\d\d:\d\d)?$/i;

/** A date, or a date and a time, to the second; undefined if it is none. */
export function parseDateTime(text: string): DateTime | undefined {
  const [, date, minutes = '00:00', seconds = '00', offset] = DATE_TIME.exec(text) ?? [];
  if (date === undefined) return undefined;
  const time = Date.parse(`${date}T${minutes}:${seconds}${(offset ?? 'Z').toUpperCase()}`);
  // JavaScript takes 30 February for 2 March.
  if (Number.isNaN(time) || new Date(`${date}T00:00:00Z`).toISOString().slice(0, 10) !== date) return undefined;
  return { time, isInstant: offset !== undefined };
}

/** The instant of a dateTime of events: literal with an offset, else the clock on the wall. @throws GraphError */
export function instantIn(zone: Zone, text: string): number {
  const value = parseDateTime(text);
  if (value === undefined) throw invalidValues();
  return value.isInstant ? value.time : instantOf(zone, value.time);
}

/** `2026-11-22T10:00:00.0000000`, on the clocks of a zone. */
export function wallDateTime(zone: Zone, instant: number): string {
  return `${new Date(wallTime(zone, instant)).toISOString().slice(0, -1)}0000`;
}

/** `2026-11-22T10:00:00.1230000Z` */
export function timestamp(instant: number): string {
  return new Date(instant).toISOString().replace('Z', '0000Z');
}

/** `2026-11-22T10:00:00Z` */
export function toTheSecond(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 19)}Z`;
}

/** The Windows identifier; one name for all zones that are described by their rules alone. */
export function zoneId(zone: Zone): string {
  return zone.iana === undefined ? 'tzone://Microsoft/Custom' : zone.id;
}

/** What Exchange writes where there is no time. */
export const NEVER = '0001-01-01T00:00:00Z';
