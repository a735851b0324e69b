import { Temporal } from 'temporal-polyfill';
import { AppointedError } from '../error/appointed-error.js';
import type { Moment } from './moment.js';
import { UTC, zoneOf } from './zone.js';

const WALL_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?$/;

/**
 * Reads a start or an end. A wall time that a change to daylight saving skips is moved on by the length of the gap, and
 * of one that occurs twice the first is taken, as RFC 5545 (section 3.3.5) says.
 * @throws AppointedError `invalid_appointment`, `unknown_time_zone`
 */
export function parseMoment(input: unknown, field: string): Moment {
  if (input instanceof Date) return fromInstant(input.getTime(), field);
  if (typeof input !== 'object' || input === null) throw refuse(field, 'is neither a Date nor { dateTime, timeZone }');
  const { dateTime, timeZone } = input as Record<string, unknown>;
  if (typeof dateTime !== 'string' || !WALL_TIME.test(dateTime)) {
    throw refuse(`${field}.dateTime`, 'is not a wall time of the form 2027-01-15T09:00:00 (no Z, no offset)');
  }
  if (typeof timeZone !== 'string') throw refuse(`${field}.timeZone`, 'is missing: name an IANA or Windows zone');
  return fromWallTime(dateTime, timeZone, field);
}

function fromInstant(epochMs: number, field: string): Moment {
  if (Number.isNaN(epochMs)) throw refuse(field, 'is an invalid Date');
  const seconds = Math.floor(epochMs / 1000) * 1000;
  checkYear(seconds, field);
  const iso = new Date(seconds).toISOString();
  return Object.freeze({ epochMs: seconds, dateTime: iso.slice(0, 19), offset: 'Z', zone: UTC });
}

/** Exchange's calendar has no other years. */
function checkYear(epochMs: number, field: string): void {
  const year = new Date(epochMs).getUTCFullYear();
  if (year < 1601 || year > 4500) throw refuse(field, 'is outside the years 1601 to 4500');
}

// A run asks for the same few wall times again and again, and a conversion costs some 40 µs.
const converted = new Map<string, Moment>();
const MOST_CONVERTED = 1000;

function fromWallTime(dateTime: string, timeZone: string, field: string): Moment {
  const id = `${dateTime} ${timeZone}`;
  const found = converted.get(id);
  if (found !== undefined) return found;
  const moment = convert(dateTime, timeZone, field);
  if (converted.size >= MOST_CONVERTED) converted.clear();
  converted.set(id, moment);
  return moment;
}

function convert(dateTime: string, timeZone: string, field: string): Moment {
  const zone = zoneOf(timeZone, `${field}.timeZone`);
  const wall = plainDateTime(dateTime, `${field}.dateTime`).with({ millisecond: 0, microsecond: 0, nanosecond: 0 });
  const zoned = wall.toZonedDateTime(zone.iana, { disambiguation: 'compatible' });
  checkYear(zoned.epochMilliseconds, `${field}.dateTime`);
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

function refuse(field: string, complaint: string, cause?: unknown): AppointedError {
  return new AppointedError('invalid_appointment', `${field} ${complaint}`, { field, cause });
}
