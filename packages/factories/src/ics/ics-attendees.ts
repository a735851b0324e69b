import { type AttendeeInput, parseMailbox } from '@appointed/core';
import type ICAL from 'ical.js';
import type { Lose } from './ics-loss.js';
import { parameterOf } from './read-property.js';

/** Who is invited, by the field that they are in. */
export interface IcsAttendees {
  readonly requiredAttendees: readonly AttendeeInput[];
  readonly optionalAttendees: readonly AttendeeInput[];
  readonly resources: readonly AttendeeInput[];
  /** Absent where the event does not say. */
  readonly responseRequested?: boolean;
}

/** Reads the properties ATTENDEE: roles, rooms and resources, whether an answer is asked for. */
export function attendeesOf(event: ICAL.Component, lose: Lose): IcsAttendees {
  const attendees = { requiredAttendees: [], optionalAttendees: [], resources: [] } as Record<Field, AttendeeInput[]>;
  const properties = event.getAllProperties('attendee');
  for (const property of properties) {
    const address = addressOf(property);
    if (address === undefined) lose('ATTENDEE', `not an e-mail address: ${String(property.getFirstValue())}`);
    else attendees[fieldOf(property)].push(attendeeOf(property, address));
  }
  const asked = properties.flatMap((property) => parameterOf(property, 'rsvp')?.toUpperCase() ?? []);
  return { ...attendees, ...(asked.length > 0 && { responseRequested: asked.includes('TRUE') }) };
}

type Field = 'requiredAttendees' | 'optionalAttendees' | 'resources';

function fieldOf(property: ICAL.Property): Field {
  const kind = parameterOf(property, 'cutype')?.toUpperCase() ?? '';
  if (kind === 'ROOM' || kind === 'RESOURCE') return 'resources';
  const role = parameterOf(property, 'role')?.toUpperCase() ?? '';
  return role === 'OPT-PARTICIPANT' || role === 'NON-PARTICIPANT' ? 'optionalAttendees' : 'requiredAttendees';
}

/** Some calendars name people by addresses of their own, and say the e-mail address beside it. */
function addressOf(property: ICAL.Property): string | undefined {
  const value = String(property.getFirstValue() ?? '');
  const mail = /^mailto:(.*)$/i.exec(value)?.[1];
  return [mail, parameterOf(property, 'email')].find((address) => address !== undefined && isAddress(address))?.trim();
}

function isAddress(text: string): boolean {
  try {
    return parseMailbox(text).kind === 'smtp';
  } catch {
    // invalid_mailbox is how core says that it is none.
    return false;
  }
}

function attendeeOf(property: ICAL.Property, address: string): AttendeeInput {
  const name = parameterOf(property, 'cn');
  return name === undefined || name.toLowerCase() === address.toLowerCase() ? address : { address, name };
}
