import { AppointedError } from '../error/appointed-error.js';
import type { Appointment } from './appointment.js';
import { dateOf, dateText, dayNumber } from './calendar-date.js';
import { MAILBOX_ZONE, type Moment } from './moment.js';
import { isTemporal, type NamedZone, parseMoment, wallTimeIn } from './parse-moment.js';
import { type Fields, recordWith, refuse } from './read-field.js';

/** From when to when an appointment is. */
export type Span = Pick<Appointment, 'start' | 'end' | 'isAllDay'>;

/**
 * Reads start and end: two moments; or two dates, for all day, of which the end is the last day.
 * @param fallback the zone for what is meant in the mailbox's own, where they name none
 * @throws AppointedError `invalid_appointment`, `end_before_start`, `unknown_time_zone`
 */
export function parseSpan(start: unknown, end: unknown, fallback: string | undefined): Span {
  if (isDate(start) !== isDate(end)) {
    throw refuse('end', isDate(start) ? 'is no date, and the start is one' : 'is a date, and the start is none');
  }
  const span = isDate(start) ? wholeDays(start, end as object, fallback) : moments(start, end, fallback);
  checkOrder(span);
  return span;
}

/** @throws AppointedError `end_before_start` */
export function checkOrder({ start, end }: Span): void {
  if (end.epochMs >= start.epochMs) return;
  const message = `end (${end.dateTime}) is before start (${start.dateTime})`;
  throw new AppointedError('end_before_start', message, { field: 'end' });
}

/** An end in the mailbox's own zone needs not name again what takes its place. */
function moments(from: unknown, until: unknown, fallback: string | undefined): Span {
  const start = parseMoment(from, 'start', fallback);
  const end = parseMoment(until, 'end', start.floating === undefined ? fallback : start.zone.iana);
  if ((start.floating === undefined) !== (end.floating === undefined)) {
    throw refuse('end', 'and start must both be in the mailbox’s own zone, or none of them');
  }
  return { start, end };
}

function isDate(value: unknown): value is object {
  return typeof value === 'object' && value !== null && ('date' in value || isTemporal(value, 'PlainDate'));
}

function wholeDays(from: object, until: object, fallback: string | undefined): Span {
  const first = dayOf(from, 'start');
  const zone: NamedZone = { timeZone: first.timeZone ?? MAILBOX_ZONE, fallback: first.fallback ?? fallback };
  const last = dayOf(until, 'end');
  if (last.timeZone !== undefined && last.timeZone !== zone.timeZone) {
    throw refuse('end.timeZone', 'is another one than the start’s: an appointment for all day has one zone');
  }
  if (last.date < first.date) {
    throw new AppointedError('end_before_start', `end (${last.date}) is before start (${first.date})`, {
      field: 'end',
    });
  }
  return {
    start: midnight(first.date, zone, 'start'),
    end: midnight(dayAfter(last.date), zone, 'end'),
    isAllDay: true,
  };
}

interface Day {
  readonly date: string;
  readonly timeZone: string | undefined;
  readonly fallback: unknown;
}

function dayOf(value: object, field: string): Day {
  if (isTemporal(value, 'PlainDate')) {
    // Dates of other calendars are written with the ISO date first.
    const [date = ''] = /^[^[]*/.exec(String(value)) ?? [];
    return { date: dateOf(date, field), timeZone: undefined, fallback: undefined };
  }
  const { date, timeZone, fallback }: Fields = recordWith(value, field, ['date', 'timeZone', 'fallback']);
  if (timeZone !== undefined && typeof timeZone !== 'string') throw refuse(`${field}.timeZone`, 'is not a string');
  return { date: dateOf(date, `${field}.date`), timeZone, fallback };
}

function dayAfter(date: string): string {
  return dateText(dayNumber(date) + 1);
}

/** When a day begins. That is later than midnight where the clocks skip it, as a wall time that they skip always is. */
function midnight(date: string, zone: NamedZone, field: string): Moment {
  return wallTimeIn(`${date}T00:00:00`, zone, field);
}
