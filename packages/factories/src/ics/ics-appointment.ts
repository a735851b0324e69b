import { AppointedError, type AppointmentInput } from '@appointed/core';
import { attachmentsOf } from './ics-attachments.js';
import { attendeesOf } from './ics-attendees.js';
import type { IcsEventSource } from './ics-calendar.js';
import { leftoversOf } from './ics-leftovers.js';
import type { IcsLoss } from './ics-loss.js';
import { notICalendar } from './ics-source.js';
import { recurrenceOf } from './ics-recurrence.js';
import { reminderOf } from './ics-reminder.js';
import { spanOf } from './ics-span.js';
import { wordsOf } from './ics-words.js';

/** An event as an appointment, as if all its occurrences were those of its rule; and what of it is not in there. */
export interface IcsAppointment {
  readonly appointment: AppointmentInput;
  readonly leftOut: readonly IcsLoss[];
  readonly ignored: readonly string[];
}

/** Reads an event. @throws AppointedError `invalid_options`, `unknown_time_zone` */
export function appointmentOf(source: IcsEventSource): IcsAppointment {
  return reading(() => read(source));
}

/** The library reads some values only when it is asked for them. @throws AppointedError `invalid_options` */
export function reading<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (AppointedError.is(cause)) throw cause;
    throw notICalendar(cause);
  }
}

function read(source: IcsEventSource): IcsAppointment {
  const { event, zones } = source;
  const leftOut: IcsLoss[] = [];
  const lose = (property: string, why: string): void => void leftOut.push({ property, why });
  const span = spanOf(event, zones);
  const recurrence = recurrenceOf(event, span, lose);
  const attachments = attachmentsOf(event, lose);
  const appointment: AppointmentInput = {
    ...wordsOf(event),
    start: span.start,
    end: span.end,
    reminder: reminderOf(event, span, lose),
    ...attendeesOf(event, lose),
    ...(attachments.length > 0 && { attachments }),
    ...(recurrence !== undefined && { recurrence }),
  };
  return { appointment, ignored: leftoversOf(source, lose), leftOut };
}
