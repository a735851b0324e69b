import { type Appointment, attendeeCount, type Moment } from '@appointed/core';
import { Temporal } from 'temporal-polyfill';
import { printable } from '../output/printable.js';
import { recurrenceRule } from '../preview/recurrence-rule.js';
import type { Occurrence } from './occurrence.js';

/** More of one series are not shown. */
const MOST = 400;

/** The first time that something takes place, in wall time of a zone. */
export function firstOccurrence(appointment: Appointment, timeZone: string): Occurrence {
  return occurrenceAt(appointment, wallTime(appointment.start), timeZone);
}

/** When a series takes place from one day on until another, which is not counted. Of what is no series: its only time. */
export async function occurrencesBetween(
  appointment: Appointment,
  [from, until]: readonly [Temporal.PlainDate, Temporal.PlainDate],
  timeZone: string,
): Promise<readonly Occurrence[]> {
  const { recurrence, start } = appointment;
  if (recurrence === undefined) return [firstOccurrence(appointment, timeZone)];
  // All that it exports Node finds under its default export only.
  const { default: rrule } = await import('rrule');
  // The library counts in UTC: that stands for the wall time here.
  const rule = rrule.rrulestr(recurrenceRule(recurrence), { dtstart: asUtc(wallTime(start)) });
  const span = [from.subtract({ days: 1 }), until.add({ days: 1 })].map((day) => asUtc(day.toPlainDateTime()));
  const [first = new Date(0), last = first] = span;
  const times = rule.between(first, last, true, (_time, count) => count < MOST);
  return times.map((time) =>
    occurrenceAt(appointment, Temporal.PlainDateTime.from(time.toISOString().slice(0, 19)), timeZone),
  );
}

/** What begins at that wall time of its own zone. */
function occurrenceAt(appointment: Appointment, begin: Temporal.PlainDateTime, timeZone: string): Occurrence {
  const { subject, location = '', isAllDay = false, start, end } = appointment;
  const zoned = begin.toZonedDateTime(start.zone.iana);
  const lasts = { milliseconds: end.epochMs - start.epochMs };
  const days = wallTime(start).toPlainDate().until(wallTime(end).toPlainDate());
  return {
    title: printable(subject),
    place: printable(location),
    isMeeting: attendeeCount(appointment) > 0,
    isAllDay,
    start: isAllDay ? midnight(begin) : zoned.withTimeZone(timeZone).toPlainDateTime(),
    end: isAllDay ? midnight(begin.add(days)) : zoned.add(lasts).withTimeZone(timeZone).toPlainDateTime(),
  };
}

function wallTime({ dateTime }: Moment): Temporal.PlainDateTime {
  return Temporal.PlainDateTime.from(dateTime);
}

function midnight(time: Temporal.PlainDateTime): Temporal.PlainDateTime {
  return time.toPlainDate().toPlainDateTime();
}

function asUtc(time: Temporal.PlainDateTime): Date {
  return new Date(time.toZonedDateTime('UTC').epochMilliseconds);
}
