import { AppointedError, type IAppointmentFactory } from '@appointed/core';
import { FixedAppointment } from '../content/fixed-appointment.js';
import { appointmentOf } from './ics-appointment.js';
import { eventsIn, type IcsEventSource } from './ics-calendar.js';
import type { IcsLoss } from './ics-loss.js';
import { type IcsSource, icsText, invalidIcs } from './ics-source.js';
import { textOf } from './read-property.js';

const MOST_NAMED = 10;

/** Which event is placed. */
export type FromIcsOptions = IcsSource & {
  /** Of the event, where there are several. */
  readonly uid?: string;
  /** What happens where something cannot be carried: by default the event is refused, and the error names all of it. */
  readonly leaveOut?: 'refuse' | 'accept';
};

/** An event of an iCalendar file, as {@link fromIcs} would place it. */
export interface IcsEvent {
  /** Empty where the file names none. */
  readonly uid: string;
  readonly subject: string;
  /** What no appointment can carry. */
  readonly leftOut: readonly IcsLoss[];
  /** Properties that belong to the item that the file was made of: `UID`, `ORGANIZER`, those of a product of its own. */
  readonly ignored: readonly string[];
}

/**
 * The event of an iCalendar file (RFC 5545; Outlook, Google, Apple and others write them) for every mailbox. The mailbox's
 * owner is the organizer. A time without a zone, and a day, is meant in the mailbox's own zone: give the run a
 * `fallbackTimeZone`.
 * @throws AppointedError `invalid_options` where the text is not iCalendar, or does not hold the event; `unsupported` where
 * something cannot be carried; `unknown_time_zone`; `invalid_appointment`, `end_before_start`
 */
export function fromIcs(options: FromIcsOptions): IAppointmentFactory {
  const { leaveOut = 'refuse', uid } = options;
  const { appointment, leftOut } = appointmentOf(pick(eventsIn(icsText(options)), uid));
  if (leftOut.length > 0 && leaveOut !== 'accept') throw cannotCarry(appointment.subject as string, leftOut);
  return new FixedAppointment('ics/1', appointment);
}

/** The events of an iCalendar file, with all that would not be placed. @throws AppointedError as {@link fromIcs} does */
export function listIcs(source: IcsSource): readonly IcsEvent[] {
  return eventsIn(icsText(source)).map((event) => {
    const { appointment, ignored, leftOut } = appointmentOf(event);
    return { uid: event.uid, subject: appointment.subject as string, leftOut, ignored };
  });
}

function pick(events: readonly IcsEventSource[], uid: string | undefined): IcsEventSource {
  const wanted = uid === undefined ? events : events.filter((event) => event.uid === uid);
  const [only, ...more] = wanted;
  if (only !== undefined && more.length === 0) return only;
  const named = events.slice(0, MOST_NAMED).map(({ event, uid }) => `${uid} (${textOf(event, 'summary')})`);
  const count = wanted.length === 0 ? 'no event' : `${wanted.length} events`;
  throw invalidIcs('uid', `there are ${count} of that name; the file holds ${named.join(', ')}`);
}

function cannotCarry(subject: string, leftOut: readonly IcsLoss[]): AppointedError {
  const all = leftOut.map(({ property, why }) => `${property} (${why})`).join(', ');
  return new AppointedError('unsupported', `${subject}: no appointment can carry ${all}`, {
    field: 'leaveOut',
    hint: "Place it without that by leaveOut: 'accept', or take it out of the file.",
  });
}
