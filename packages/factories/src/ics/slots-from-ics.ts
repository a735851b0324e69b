import type { IAppointmentFactory } from '@appointed/core';
import { checkAppointment, FixedAppointment } from '../content/fixed-appointment.js';
import { aboutEvent } from './about-event.js';
import { cannotCarry } from './cannot-carry.js';
import type { FromIcsOptions } from './from-ics-options.js';
import { eventsIn } from './ics-calendar.js';
import { slotted } from './ics-slots.js';
import { icsText, invalidIcs } from './ics-source.js';

/**
 * The events of an iCalendar file, or the one of a `uid`, each appointment a factory in a slot of its own, for
 * `run({ factories })`. An event is one appointment in a slot named after its UID. A series of which single occurrences
 * were taken out, moved or added (EXDATE, RECURRENCE-ID, RDATE) becomes shorter series between them, and single
 * appointments: the slots of those are named after UID and day (`3k2j1h0g@google.com 2027-02-11`), so that each keeps its
 * name when other occurrences are changed. Of a meeting, each sends its own invitations.
 * @throws AppointedError as {@link fromIcs} does, naming the event
 */
export function slotsFromIcs(options: FromIcsOptions): Readonly<Record<string, IAppointmentFactory>> {
  const { leaveOut = 'refuse', uid } = options;
  const all = eventsIn(icsText(options));
  const wanted = all.filter((event) => uid === undefined || event.uid === uid);
  if (wanted.length === 0) throw invalidIcs('uid', `there is no event of that name among ${all.length}`);
  const events = slotted(wanted);
  const lossy = events.filter(({ leftOut }) => leftOut.length > 0);
  if (lossy.length > 0 && leaveOut !== 'accept')
    throw cannotCarry(lossy.map(({ leftOut, whole }) => ({ leftOut, whole })));
  const factories = events.flatMap(({ slots, uid, whole }) =>
    aboutEvent(uid, whole.subject, () => {
      // The parts of a series that begins on none of its days would hide it.
      checkAppointment(whole);
      return [...slots].map(([slot, appointment]) => [slot, new FixedAppointment('ics/1', appointment)] as const);
    }),
  );
  if (factories.length === 0) throw invalidIcs('text', 'none of the occurrences of its events takes place');
  return Object.fromEntries(factories);
}
