import { AppointedError } from '@appointed/core';
import type ICAL from 'ical.js';
import { invalidIcs } from './ics-source.js';
import { parameterOf } from './read-property.js';

/** A date or a time as it is written. */
export interface IcsTime {
  /** `2027-01-15T09:00:00`; of a date midnight. */
  readonly wallTime: string;
  readonly isDate: boolean;
  readonly isUtc: boolean;
  /** The parameter TZID; absent where the time is in UTC, or meant in whatever zone its reader is. */
  readonly tzid?: string;
}

const TIME = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d:\d\d)(Z?))?$/;

/** Reads the value of DTSTART, DTEND and the like. @throws AppointedError `invalid_options` */
export function timeOf(property: ICAL.Property): IcsTime {
  const tzid = parameterOf(property, 'tzid');
  return readTime(String((property.toJSON() as readonly unknown[])[3]), property.name, tzid);
}

/** Reads a value as the library writes it. @throws AppointedError `invalid_options` */
export function readTime(text: string, name: string, tzid?: string): IcsTime {
  // A date where a time was announced.
  const [, date, time, utc] = TIME.exec(text.replace('T::', '')) ?? [];
  if (date === undefined) throw invalidIcs(name.toUpperCase(), `is neither a date nor a time: ${text.slice(0, 50)}`);
  const isUtc = utc === 'Z';
  return {
    wallTime: `${date}T${time ?? '00:00:00'}`,
    isDate: time === undefined,
    isUtc,
    ...(tzid !== undefined && !isUtc && { tzid }),
  };
}

/** What is wrong with a zone. */
export function unknownZone(tzid: string, why: string): AppointedError {
  const message = `TZID ${JSON.stringify(tzid.slice(0, 100))}: ${why}`;
  return new AppointedError('unknown_time_zone', message, { field: 'TZID' });
}
