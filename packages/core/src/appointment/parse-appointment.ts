import { isAddress } from '../mailbox/address.js';
import { type AppointmentInput, IMPORTANCES, SENSITIVITIES, SHOW_AS } from './appointment-input.js';
import type { Appointment, Attendee, Body } from './appointment.js';
import { attachmentsOf } from './parse-attachment.js';
import { customPropertiesOf } from './parse-custom-property.js';
import { localized } from './parse-localized.js';
import { recurrenceOf } from './parse-recurrence.js';
import { parseSpan } from './parse-span.js';
import {
  booleanOf,
  type Fields,
  integerOf,
  listOf,
  oneOf,
  optional,
  recordOf,
  refuse,
  some,
  textOf,
  wordsOf,
} from './read-field.js';

// Exchange stores no more of a subject, and refuses a longer one with ErrorPropertyValidationFailure.
const LONGEST_SUBJECT = 255;
const LONGEST_REMINDER = 2_629_800; // minutes in five years, the most that Outlook offers room for

const FIELDS: ReadonlySet<string> = new Set<keyof AppointmentInput>([
  'subject',
  'body',
  'start',
  'end',
  'location',
  'requiredAttendees',
  'optionalAttendees',
  'resources',
  'reminder',
  'showAs',
  'sensitivity',
  'importance',
  'categories',
  'responseRequested',
  'newTimeProposalsAllowed',
  'attachments',
  'onlineMeeting',
  'customProperties',
  'recurrence',
]);

/** What an appointment depends on beside what its factory returned. */
export interface ParseContext {
  /** The mailbox's language tag, which chooses among texts. */
  readonly language?: string;
  /** The zone for what is meant in the mailbox's own, where it names none and the mailbox has none. */
  readonly fallbackTimeZone?: string;
}

/**
 * Checks what a factory returned, and freezes it. One that is meant in the mailbox's own zone is in its fallback zone until
 * that is looked up (see {@link Moment}'s `floating`).
 * @throws AppointedError `invalid_appointment`, `end_before_start`, `unknown_time_zone`; `field` says where
 */
export function parseAppointment(input: unknown, { language, fallbackTimeZone }: ParseContext = {}): Appointment {
  const fields = recordOf(input, 'the appointment');
  refuseUnknown(fields);
  const { start, end, isAllDay } = parseSpan(fields['start'], fields['end'], fallbackTimeZone);
  const reminder = fields['reminder'] ?? (isAllDay === true ? false : undefined);
  return Object.freeze({
    subject: localized(subjectOf, language)(fields['subject'], 'subject'),
    start,
    end,
    requiredAttendees: attendeesOf(fields['requiredAttendees'], 'requiredAttendees'),
    optionalAttendees: attendeesOf(fields['optionalAttendees'], 'optionalAttendees'),
    resources: attendeesOf(fields['resources'], 'resources'),
    categories: listOf(fields['categories'], 'categories', wordsOf),
    ...(isAllDay === true && { isAllDay }),
    ...optional('body', fields['body'], localized(bodyOf, language)),
    ...optional('location', fields['location'], localized(locationOf, language)),
    ...optional('reminder', reminder, reminderOf),
    ...optional('showAs', fields['showAs'], oneOf(SHOW_AS)),
    ...optional('sensitivity', fields['sensitivity'], oneOf(SENSITIVITIES)),
    ...optional('importance', fields['importance'], oneOf(IMPORTANCES)),
    ...optional('responseRequested', fields['responseRequested'], booleanOf),
    ...optional('newTimeProposalsAllowed', fields['newTimeProposalsAllowed'], booleanOf),
    ...some('attachments', fields['attachments'], attachmentsOf),
    ...some('customProperties', fields['customProperties'], customPropertiesOf),
    ...onlineMeetingOf(fields['onlineMeeting']),
    ...optional('recurrence', fields['recurrence'], (value, field) =>
      recurrenceOf(value, field, (start.floating ?? start.dateTime).slice(0, 10)),
    ),
  });
}

function refuseUnknown(fields: Fields): void {
  const unknown = Object.keys(fields).find((name) => !FIELDS.has(name));
  if (unknown !== undefined) throw refuse(unknown.slice(0, 100), 'is not a field of an appointment');
}

function subjectOf(value: unknown, field: string): string {
  if (value === undefined) throw refuse(field, 'is missing');
  return wordsOf(value, field, LONGEST_SUBJECT);
}

/** Outlook shows several places as one text, in this form. */
function locationOf(value: unknown, field: string): string {
  return Array.isArray(value) ? listOf(value, field, placeOf).join('; ') : textOf(value, field);
}

function placeOf(value: unknown, field: string): string {
  const place = wordsOf(value, field).trim();
  if (place.includes(';')) throw refuse(field, 'holds a semicolon, by which several places are told apart');
  return place;
}

function onlineMeetingOf(value: unknown): Pick<Appointment, 'onlineMeeting'> {
  return value !== undefined && booleanOf(value, 'onlineMeeting') ? { onlineMeeting: true } : {};
}

function bodyOf(value: unknown, field: string): Body {
  if (typeof value === 'string') return Object.freeze({ format: 'text', content: textOf(value, field) });
  const { text, html } = recordOf(value, field);
  if ((text === undefined) === (html === undefined)) throw refuse(field, 'needs either text or html');
  return text === undefined
    ? Object.freeze({ format: 'html', content: textOf(html, `${field}.html`) })
    : Object.freeze({ format: 'text', content: textOf(text, `${field}.text`) });
}

function attendeesOf(value: unknown, field: string): readonly Attendee[] {
  return listOf(value, field, attendeeOf);
}

function attendeeOf(value: unknown, field: string): Attendee {
  if (typeof value === 'string') return Object.freeze({ address: addressOf(value, field) });
  const { address, name } = recordOf(value, field);
  return Object.freeze({ address: addressOf(address, `${field}.address`), ...optional('name', name, textOf) });
}

function addressOf(value: unknown, field: string): string {
  // Not made storable first: an address is right or wrong, and never changed into another one.
  if (typeof value !== 'string') throw refuse(field, 'is not a string');
  const address = value.trim();
  if (!isAddress(address)) throw refuse(field, `is not an SMTP address: ${JSON.stringify(address.slice(0, 100))}`);
  return address;
}

function reminderOf(value: unknown, field: string): false | { readonly minutesBefore: number } {
  if (value === false) return false;
  const { minutesBefore } = recordOf(value, field);
  return Object.freeze({ minutesBefore: integerOf(minutesBefore, `${field}.minutesBefore`, 0, LONGEST_REMINDER) });
}
