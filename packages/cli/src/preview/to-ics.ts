import type { Appointment, Attendee, Moment } from '@appointed/core';
import {
  type ICalAttendeeData,
  ICalAttendeeRole,
  ICalAttendeeType,
  ICalCalendar,
  ICalEventBusyStatus,
} from 'ical-generator';
import type { PlannedItem } from './content-recorder.js';
import { recurrenceRule } from './recurrence-rule.js';

const BUSY = {
  free: ICalEventBusyStatus.FREE,
  tentative: ICalEventBusyStatus.TENTATIVE,
  busy: ICalEventBusyStatus.BUSY,
  oof: ICalEventBusyStatus.OOF,
  workingElsewhere: ICalEventBusyStatus.BUSY,
};

/** An appointment as a calendar file (RFC 5545), as its owner would see it. */
export function toIcs({ mailbox, uid, appointment }: PlannedItem): string {
  const { subject, body, location, showAs, recurrence, isAllDay = false, start, end } = appointment;
  const calendar = new ICalCalendar({ prodId: '//Appointed//preview//EN' });
  calendar.createEvent({
    id: uid,
    summary: subject,
    start: isAllDay ? dayOf(start) : new Date(start.epochMs),
    end: isAllDay ? dayOf(end) : new Date(end.epochMs),
    allDay: isAllDay,
    ...(recurrence === undefined ? {} : { timezone: start.zone.iana, repeating: recurrenceRule(recurrence) }),
    ...(body === undefined
      ? {}
      : { description: body.format === 'html' ? { plain: '', html: body.content } : body.content }),
    ...(location === undefined ? {} : { location }),
    ...(showAs === undefined ? {} : { busystatus: BUSY[showAs] }),
    ...organised(mailbox.id, appointment),
  });
  // The last line ends like every other one, which the library leaves to others.
  return `${calendar.toString()}\r\n`;
}

function dayOf({ dateTime }: Moment): Date {
  return new Date(`${dateTime.slice(0, 10)}T00:00:00Z`);
}

/** Who invites is the mailbox's owner; where nobody is invited there is no organizer. */
function organised(owner: string, appointment: Appointment): { organizer?: string; attendees?: ICalAttendeeData[] } {
  const { requiredAttendees, optionalAttendees, resources } = appointment;
  const attendees = [
    ...requiredAttendees.map((one) => invited(one, ICalAttendeeRole.REQ, ICalAttendeeType.INDIVIDUAL)),
    ...optionalAttendees.map((one) => invited(one, ICalAttendeeRole.OPT, ICalAttendeeType.INDIVIDUAL)),
    ...resources.map((one) => invited(one, ICalAttendeeRole.NON, ICalAttendeeType.RESOURCE)),
  ];
  return attendees.length === 0 ? {} : { organizer: `${owner} <${owner}>`, attendees };
}

function invited(
  { address, name = address }: Attendee,
  role: ICalAttendeeRole,
  type: ICalAttendeeType,
): ICalAttendeeData {
  return { email: address, name, role, type, rsvp: true };
}
