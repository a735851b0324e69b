import { Temporal } from 'temporal-polyfill';
import { AppointedError } from '../error/appointed-error.js';
import { MAILBOX_ZONE, type Moment } from './moment.js';
import { type Fields, refuse } from './read-field.js';
import { utcText } from './utc-text.js';
import { UTC, type Zone, zoneOf } from './zone.js';

const WALL_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?$/;

/**
 * Reads a moment. A wall time that a change to daylight saving skips is moved on by the length of the gap, and of one
 * that occurs twice the first is taken, as RFC 5545 (section 3.3.5) says.
 * @param fallback the zone for what is meant in the mailbox's own, where the moment names none
 * @throws AppointedError `invalid_appointment`, `unknown_time_zone`
 */
export function parseMoment(input: unknown, field: string, fallback?: string): Moment {
  if (input instanceof Date) return fromInstant(input.getTime(), field, UTC);
  if (typeof input !== 'object' || input === null) throw refuse(field, 'is neither a Date nor { dateTime, timeZone }');
  if (isTemporal(input, 'ZonedDateTime')) return fromZonedDateTime(input, field);
  const { dateTime, timeZone, fallback: own } = input as Fields;
  if (typeof dateTime !== 'string' || !WALL_TIME.test(dateTime)) {
    throw refuse(`${field}.dateTime`, 'is not a wall time of the form 2027-01-15T09:00:00 (no Z, no offset)');
  }
  if (typeof timeZone !== 'string') throw refuse(`${field}.timeZone`, 'is missing: name an IANA or Windows zone');
  return wallTimeIn(dateTime, { timeZone, fallback: own ?? fallback }, field);
}

/** A zone by its name, or the mailbox's own with what takes its place. */
export interface NamedZone {
  readonly timeZone: string;
  readonly fallback?: unknown;
}

/** A wall time in a zone, or in the mailbox's own. @throws AppointedError `invalid_appointment`, `unknown_time_zone` */
export function wallTimeIn(dateTime: string, { timeZone, fallback }: NamedZone, field: string): Moment {
  if (timeZone !== MAILBOX_ZONE) return fromWallTime(dateTime, timeZone, field);
  if (typeof fallback !== 'string') throw withoutFallback(field);
  return Object.freeze({ ...fromWallTime(dateTime, fallback, field, 'fallback'), floating: dateTime });
}

/** Is it an object of Temporal: the runtime's, or a polyfill's? */
export function isTemporal(input: object, type: 'ZonedDateTime' | 'PlainDate'): boolean {
  return (input as { readonly [Symbol.toStringTag]?: unknown })[Symbol.toStringTag] === `Temporal.${type}`;
}

function fromZonedDateTime(input: object, field: string): Moment {
  const { epochMilliseconds, timeZoneId } = input as Fields;
  return fromInstant(Number(epochMilliseconds), field, zoneOf(String(timeZoneId), `${field}.timeZoneId`));
}

function fromInstant(epochMs: number, field: string, zone: Zone): Moment {
  if (Number.isNaN(epochMs)) throw refuse(field, 'is an invalid Date');
  const seconds = Math.floor(epochMs / 1000) * 1000;
  checkYear(seconds, field);
  if (zone === UTC) return inUtc(seconds);
  return momentOf(Temporal.Instant.fromEpochMilliseconds(seconds).toZonedDateTimeISO(zone.iana), zone);
}

/** The same moment is often asked for in a row: everybody's training begins at the same time. */
let last: Moment | undefined;
let lastButOne: Moment | undefined;

function inUtc(epochMs: number): Moment {
  if (last?.epochMs === epochMs) return last;
  const found = lastButOne?.epochMs === epochMs ? lastButOne : undefined;
  lastButOne = last;
  last = found ?? Object.freeze({ epochMs, dateTime: utcText(epochMs), offset: 'Z', zone: UTC });
  return last;
}

const EARLIEST = Date.UTC(1601, 0, 1);
const LATEST = Date.UTC(4501, 0, 1) - 1;

/** Exchange's calendar has no other years. */
function checkYear(epochMs: number, field: string): void {
  if (epochMs < EARLIEST || epochMs > LATEST) throw refuse(field, 'is outside the years 1601 to 4500');
}

// A run asks for the same few wall times again and again, and a conversion costs some 40 µs.
const converted = new Map<string, Moment>();
const MOST_CONVERTED = 1000;

function fromWallTime(dateTime: string, timeZone: string, field: string, nameOfZone = 'timeZone'): Moment {
  const id = `${dateTime} ${timeZone}`;
  const found = converted.get(id);
  if (found !== undefined) return found;
  const moment = convert(dateTime, zoneOf(timeZone, `${field}.${nameOfZone}`), field);
  if (converted.size >= MOST_CONVERTED) converted.clear();
  converted.set(id, moment);
  return moment;
}

function convert(dateTime: string, zone: Zone, field: string): Moment {
  const wall = plainDateTime(dateTime, `${field}.dateTime`).with({ millisecond: 0, microsecond: 0, nanosecond: 0 });
  const zoned = wall.toZonedDateTime(zone.iana, { disambiguation: 'compatible' });
  checkYear(zoned.epochMilliseconds, `${field}.dateTime`);
  return momentOf(zoned, zone);
}

function momentOf(zoned: Temporal.ZonedDateTime, zone: Zone): Moment {
  return Object.freeze({
    epochMs: zoned.epochMilliseconds,
    dateTime: zoned.toPlainDateTime().toString({ smallestUnit: 'second' }),
    offset: zone.windows === UTC.windows ? 'Z' : zoned.offset.slice(0, 6),
    zone,
  });
}

function plainDateTime(dateTime: string, field: string): Temporal.PlainDateTime {
  try {
    return Temporal.PlainDateTime.from(dateTime, { overflow: 'reject' });
  } catch (cause) {
    throw refuse(field, `is not in the calendar: ${dateTime}`, cause);
  }
}

function withoutFallback(field: string): AppointedError {
  const message = `${field}.fallback is missing: mailboxes that nobody has opened have no zone of their own`;
  return new AppointedError('unknown_time_zone', message, {
    field: `${field}.fallback`,
    hint: 'Name a zone in fallback, or as the run’s fallbackTimeZone; or name the zone itself in timeZone.',
  });
}
