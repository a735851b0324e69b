import type { Appointment } from './appointment.js';
import type { Moment } from './moment.js';
import { wallTimeIn } from './parse-moment.js';
import { checkOrder } from './parse-span.js';

/** Is it meant in the mailbox's own zone, which is not known yet? */
export function isFloating({ start }: Pick<Appointment, 'start'>): boolean {
  return start.floating !== undefined;
}

/**
 * An appointment that is meant in the mailbox's own zone, in that zone: what transports are given.
 * @param timeZone undefined where the mailbox has none: then it is in its fallback zone
 * @throws AppointedError `end_before_start`, where the clocks of that zone skip the start
 */
export function inMailboxZone(appointment: Appointment, timeZone: string | undefined): Appointment {
  if (!isFloating(appointment)) return appointment;
  const { start, end } = appointment;
  const settled = { ...appointment, start: settle(start, timeZone, 'start'), end: settle(end, timeZone, 'end') };
  checkOrder(settled);
  return Object.freeze(settled);
}

function settle(moment: Moment, timeZone: string | undefined, field: string): Moment {
  if (moment.floating === undefined) return moment;
  return wallTimeIn(moment.floating, { timeZone: timeZone ?? moment.zone.iana }, field);
}
