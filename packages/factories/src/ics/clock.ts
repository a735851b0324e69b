import { type Moment, parseAppointment, type Zone } from '@appointed/core';

/** A wall time in a zone, as core reads it. @throws AppointedError `unknown_time_zone`, `invalid_appointment` */
export function momentAt(dateTime: string, timeZone: string): Moment {
  const moment = { dateTime, timeZone };
  return parseAppointment({ subject: '-', start: moment, end: moment }).start;
}

/** The zone of an IANA or Windows name; undefined where core knows none. */
export function knownZone(name: string): Zone | undefined {
  try {
    return name === 'mailbox' ? undefined : momentAt('2027-01-01T00:00:00', name).zone;
  } catch {
    // unknown_time_zone is how core says "no such zone".
    return undefined;
  }
}

/** What clocks show in a zone: `2027-01-15T09:00:00`. @param iana known to the runtime */
export function wallTimeAt(epochMs: number, iana: string): string {
  return formatOf(iana).format(epochMs).replace(' ', 'T');
}

// A format costs a hundred times what formatting does.
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const found =
    formats.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  formats.set(timeZone, found);
  return found;
}

/** Later by so many milliseconds, without any zone. */
export function later(wallTime: string, ms: number): string {
  return new Date(Date.parse(`${wallTime}Z`) + ms).toISOString().slice(0, 19);
}
