import type { Appointment, AppointmentField, Update } from '@appointed/core';
import type { Event } from '@microsoft/microsoft-graph-types';
import { attendeesJson, eventJson, type Invited } from './event-json.js';

const PEOPLE: readonly AppointmentField[] = ['requiredAttendees', 'optionalAttendees', 'resources'];

/** What an event has that was made without these fields. */
const OF_A_NEW_EVENT: Partial<Appointment> = {
  sensitivity: 'normal',
  importance: 'normal',
  showAs: 'busy',
  reminder: { minutesBefore: 15 },
  responseRequested: true,
  newTimeProposalsAllowed: true,
  location: '',
  body: { format: 'text', content: '' },
  categories: [],
};

/** The properties of an event that an update changes. @param invited those who are, before it */
export function eventChanges({ set, clear }: Pick<Update, 'set' | 'clear'>, invited: Invited): Event {
  const emptied = clear.filter((field) => field in OF_A_NEW_EVENT).map((field) => [field, OF_A_NEW_EVENT[field]]);
  const changesPeople = PEOPLE.some((field) => field in set || clear.includes(field));
  const people: Invited = {
    ...invited,
    ...set,
    ...Object.fromEntries(PEOPLE.filter((field) => clear.includes(field)).map((field) => [field, []])),
  };
  return {
    ...eventJson({ ...set, ...(Object.fromEntries(emptied) as Partial<Appointment>) }),
    ...(clear.includes('isAllDay') ? { isAllDay: false } : {}),
    ...(clear.includes('recurrence') ? { recurrence: null } : {}),
    ...(changesPeople ? { attendees: attendeesJson(people) } : {}),
  };
}
