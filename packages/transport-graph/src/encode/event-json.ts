import type { Appointment, AppointmentField, Attendee, Moment } from '@appointed/core';
import type { AttendeeType, Event, Attendee as EventAttendee } from '@microsoft/microsoft-graph-types';
import { dayOf, isNearChange, utcOf, wallTimeOf } from './date-time.js';
import { recurrenceJson } from './recurrence-json.js';

/** Whose fields are written together, or beside the event's own properties. */
type FieldsApart =
  | 'start'
  | 'end'
  | 'attachments'
  | 'customProperties'
  | 'requiredAttendees'
  | 'optionalAttendees'
  | 'resources';

type Writer<F extends AppointmentField> = (value: NonNullable<Appointment[F]>, fields: Partial<Appointment>) => Event;

const WRITERS: { readonly [F in Exclude<AppointmentField, FieldsApart>]-?: Writer<F> } = {
  subject: (subject) => ({ subject }),
  body: ({ format, content }) => ({ body: { contentType: format, content } }),
  location: (displayName) => ({ location: { displayName } }),
  reminder: (reminder) =>
    reminder === false
      ? { isReminderOn: false }
      : { isReminderOn: true, reminderMinutesBeforeStart: reminder.minutesBefore },
  showAs: (showAs) => ({ showAs }),
  sensitivity: (sensitivity) => ({ sensitivity }),
  importance: (importance) => ({ importance }),
  categories: (categories) => ({ categories: [...categories] }),
  isAllDay: (isAllDay) => ({ isAllDay }),
  responseRequested: (responseRequested) => ({ responseRequested }),
  newTimeProposalsAllowed: (allowNewTimeProposals) => ({ allowNewTimeProposals }),
  onlineMeeting: (isOnlineMeeting) => ({ isOnlineMeeting, onlineMeetingProvider: 'teamsForBusiness' }),
  recurrence: (recurrence, { start }) => ({ recurrence: recurrenceJson(recurrence, given(start)) }),
};

/** The properties of an event that say what these fields say, except for people, files and custom properties. */
export function eventJson(fields: Partial<Appointment>): Event {
  const event: Event = {};
  for (const field of Object.keys(WRITERS) as (keyof typeof WRITERS)[]) Object.assign(event, written(field, fields));
  return Object.assign(event, timesJson(fields));
}

function written<F extends keyof typeof WRITERS>(field: F, fields: Partial<Appointment>): Event {
  const value = fields[field];
  const write = WRITERS[field] as Writer<F>;
  return value === undefined ? {} : write(value as NonNullable<Appointment[F]>, fields);
}

/** Where a wall time may be two moments, it is told in UTC. A series repeats on the clocks of its zone. */
function timesJson({ start, end, isAllDay, recurrence }: Partial<Appointment>): Event {
  if (start === undefined || end === undefined) return {};
  const isDoubtful = recurrence === undefined && (isNearChange(start) || isNearChange(end));
  const write = isAllDay === true ? dayOf : isDoubtful ? utcOf : wallTimeOf;
  return { start: write(start), end: write(end) };
}

function given(start: Moment | undefined): Moment {
  if (start === undefined) throw new TypeError('a recurrence comes with a start');
  return start;
}

/** Those who are invited, by the fields that they stand in. */
export type Invited = Partial<Pick<Appointment, 'requiredAttendees' | 'optionalAttendees' | 'resources'>>;

/** All who are invited: Graph has one list of them. */
export function attendeesJson({ requiredAttendees, optionalAttendees, resources }: Invited): EventAttendee[] {
  return [
    ...listJson('required', requiredAttendees),
    ...listJson('optional', optionalAttendees),
    ...listJson('resource', resources),
  ];
}

function listJson(type: AttendeeType, people: readonly Attendee[] = []): EventAttendee[] {
  return people.map(({ address, name }) => ({
    type,
    emailAddress: { address, ...(name === undefined ? {} : { name }) },
  }));
}
