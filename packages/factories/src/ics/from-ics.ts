import type { IAppointmentFactory } from '@appointed/core';
import { checkAppointment, FixedAppointment } from '../content/fixed-appointment.js';
import { cannotCarry } from './cannot-carry.js';
import type { FromIcsOptions } from './from-ics-options.js';
import { eventsIn, type IcsEventSource } from './ics-calendar.js';
import { icsText, invalidIcs } from './ics-source.js';
import { splitOf } from './ics-split.js';
import { textOf } from './read-property.js';

export type { FromIcsOptions } from './from-ics-options.js';
export { type IcsEvent, listIcs } from './list-ics.js';
export { slotsFromIcs } from './slots-from-ics.js';

const MOST_NAMED = 10;

/**
 * The event of an iCalendar file (RFC 5545; Outlook, Google, Apple and others write them) for every mailbox, as one
 * appointment. The mailbox's owner is the organizer. A time without a zone, and a day, is meant in the mailbox's own zone:
 * give the run a `fallbackTimeZone`. A series of which single occurrences were taken out, moved or added takes several
 * appointments: {@link slotsFromIcs}.
 * @throws AppointedError `invalid_options` where the text is not iCalendar, or does not hold the event; `unsupported` where
 * something cannot be carried, or not by one appointment; `unknown_time_zone`; `invalid_appointment`, `end_before_start`
 */
export function fromIcs(options: FromIcsOptions): IAppointmentFactory {
  const { leaveOut = 'refuse', uid } = options;
  const split = splitOf(pick(eventsIn(icsText(options)), uid));
  const { leftOut, pieces, splitBy, whole } = split;
  if (leftOut.length + splitBy.length > 0 && leaveOut !== 'accept') throw cannotCarry([split]);
  const [only, ...more] = pieces;
  if (only === undefined) throw invalidIcs('text', `${String(whole.subject)}: none of its occurrences takes place`);
  // Also of what is shortened: a series that begins on none of its days is refused.
  checkAppointment(whole);
  return new FixedAppointment('ics/1', more.length > 0 ? whole : only.appointment);
}

function pick(events: readonly IcsEventSource[], uid: string | undefined): IcsEventSource {
  const wanted = uid === undefined ? events : events.filter((event) => event.uid === uid);
  const [only, ...more] = wanted;
  if (only !== undefined && more.length === 0) return only;
  const named = events.slice(0, MOST_NAMED).map(({ event, uid }) => `${uid} (${textOf(event, 'summary')})`);
  const count = wanted.length === 0 ? 'no event' : `${wanted.length} events`;
  throw invalidIcs('uid', `there are ${count} of that name; the file holds ${named.join(', ')}`);
}
