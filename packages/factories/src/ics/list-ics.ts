import { eventsIn } from './ics-calendar.js';
import type { IcsLoss } from './ics-loss.js';
import { slotted } from './ics-slots.js';
import { type IcsSource, icsText } from './ics-source.js';

/** An event of an iCalendar file, as {@link slotsFromIcs} would place it. */
export interface IcsEvent {
  /** Empty where the file names none. */
  readonly uid: string;
  readonly subject: string;
  /** Of its appointments: one, or as many as it is split into. */
  readonly slots: readonly string[];
  /** Each of its appointments sends its own invitations. */
  readonly isMeeting: boolean;
  /** Why it is split: what no single appointment can carry. {@link fromIcs} refuses it. */
  readonly splitBy: readonly IcsLoss[];
  /** What no appointment can carry. */
  readonly leftOut: readonly IcsLoss[];
  /** Properties that belong to the item that the file was made of: `UID`, `ORGANIZER`, those of a product of its own. */
  readonly ignored: readonly string[];
}

/** The events of an iCalendar file, with all that would not be placed. @throws AppointedError as {@link fromIcs} does */
export function listIcs(source: IcsSource): readonly IcsEvent[] {
  return slotted(eventsIn(icsText(source))).map(({ ignored, leftOut, slots, splitBy, uid, whole }) => ({
    uid,
    subject: whole.subject as string,
    slots: [...slots.keys()],
    isMeeting: [...slots.values()].some(
      ({ optionalAttendees = [], requiredAttendees = [], resources = [] }) =>
        optionalAttendees.length + requiredAttendees.length + resources.length > 0,
    ),
    splitBy,
    leftOut,
    ignored,
  }));
}
