import type { AppointmentInput, DateInput, MomentInput } from '@appointed/core';
import type ICAL from 'ical.js';
import { later } from './clock.js';
import { invalidIcs } from './ics-source.js';
import { type IcsTime, timeOf, unknownZone } from './ics-time.js';
import type { IcsZones } from './ics-zones.js';
import { textOf } from './read-property.js';
import { timeAt } from './time-at.js';

const DAY_MS = 86_400_000;

/** From when to when an event is, as core takes it; and what its other fields are counted from. */
export interface IcsSpan {
  readonly start: AppointmentInput['start'];
  readonly end: AppointmentInput['end'];
  /** `2027-01-15T09:00:00` in the zone of the start. */
  readonly wallTime: string;
  /** An IANA or Windows name, or `mailbox`. */
  readonly timeZone: string;
  readonly isAllDay: boolean;
  readonly recurs: boolean;
  readonly lengthMs: number;
}

/** Reads DTSTART with DTEND or DURATION. @throws AppointedError `invalid_options`, `unknown_time_zone` */
export function spanOf(event: ICAL.Component, zones: IcsZones): IcsSpan {
  const property = event.getFirstProperty('dtstart');
  if (property === null) throw invalidIcs('DTSTART', 'is missing');
  const start = timeOf(property);
  return spanFrom(event, start, endOf(event, start, zones), zones);
}

/** The span from a start to an end. */
export function spanFrom(event: ICAL.Component, start: IcsTime, end: IcsTime, zones: IcsZones): IcsSpan {
  if (start.isDate !== end.isDate)
    throw invalidIcs('DTEND', 'is a date where the start is none, or the other way round');
  return isAllDay(event, start, end) ? wholeDays(start, end, event, zones) : moments(start, end, event, zones);
}

/** Outlook marks as all day what begins and ends at midnight. */
export function isAllDay(event: ICAL.Component, start: IcsTime, end: IcsTime): boolean {
  if (start.isDate) return true;
  const isMarked = textOf(event, 'x-microsoft-cdo-alldayevent').toUpperCase() === 'TRUE';
  return isMarked && !start.isUtc && [start, end].every(({ wallTime }) => wallTime.endsWith('T00:00:00'));
}

/** Without DTEND and DURATION it takes its day, or no time. */
export function endOf(event: ICAL.Component, start: IcsTime, zones: IcsZones): IcsTime {
  const dtend = event.getFirstProperty('dtend');
  if (dtend !== null) return timeOf(dtend);
  const duration = event.getFirstPropertyValue('duration') as ICAL.Duration | null;
  if (duration === null) return start.isDate ? { ...start, wallTime: later(start.wallTime, DAY_MS) } : start;
  // Days are those of the calendar, and hours those that pass.
  const days = { ...start, wallTime: later(start.wallTime, (duration.weeks * 7 + duration.days) * DAY_MS) };
  const ms = ((duration.hours * 60 + duration.minutes) * 60 + duration.seconds) * 1000;
  return ms === 0 ? days : hoursLater(days, ms, zones);
}

/** So much later, on the same clock. */
export function hoursLater(time: IcsTime, ms: number, zones: IcsZones): IcsTime {
  const name = zones.nameOf(time);
  if (name === undefined || name === 'mailbox') return { ...time, wallTime: later(time.wallTime, ms) };
  return timeAt(zones.epochOf(time) + ms, time, name);
}

/** The end of an iCalendar event is the day after its last one. Some write the last one all the same. */
function wholeDays(start: IcsTime, end: IcsTime, event: ICAL.Component, zones: IcsZones): IcsSpan {
  const timeZone = zones.nameOf(start) ?? 'mailbox';
  const dayOf = (wallTime: string): DateInput => ({ date: wallTime.slice(0, 10), timeZone });
  const last = later(end.wallTime, -DAY_MS);
  return {
    start: dayOf(start.wallTime),
    end: dayOf(last < start.wallTime ? start.wallTime : last),
    wallTime: start.wallTime,
    timeZone,
    isAllDay: true,
    recurs: recurs(event),
    lengthMs: wallMs(end) - wallMs(start),
  };
}

function moments(start: IcsTime, end: IcsTime, event: ICAL.Component, zones: IcsZones): IcsSpan {
  const timeZone = zones.nameOf(start);
  if (timeZone === undefined && recurs(event)) {
    throw unknownZone(start.tzid ?? '', 'its clocks go as those of no zone that Exchange knows, and the event recurs');
  }
  const isFloating = timeZone === 'mailbox' || zones.nameOf(end) === 'mailbox';
  const lengthMs = isFloating ? wallMs(end) - wallMs(start) : zones.epochOf(end) - zones.epochOf(start);
  const [from, until] = [momentOf(start, zones), momentOf(end, zones)];
  const rest = { isAllDay: false, recurs: recurs(event), lengthMs };
  if (timeZone !== undefined) return { start: from, end: until, wallTime: start.wallTime, timeZone, ...rest };
  const wallTime = new Date(zones.epochOf(start)).toISOString().slice(0, 19);
  return { start: from, end: until, wallTime, timeZone: 'UTC', ...rest };
}

/** The moment itself where its zone has no name. */
function momentOf(time: IcsTime, zones: IcsZones): MomentInput {
  const timeZone = zones.nameOf(time);
  return timeZone === undefined ? new Date(zones.epochOf(time)) : { dateTime: time.wallTime, timeZone };
}

function recurs(event: ICAL.Component): boolean {
  return event.hasProperty('rrule') || event.hasProperty('rdate');
}

/** Milliseconds, for comparison with those of other wall times alone. */
export function wallMs({ wallTime }: IcsTime): number {
  return Date.parse(`${wallTime}Z`);
}
