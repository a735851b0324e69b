import { isAddress } from '../mailbox/address.js';
import { type AppointmentInput, IMPORTANCES, SENSITIVITIES, SHOW_AS } from './appointment-input.js';
import type { Appointment, Attendee, Body } from './appointment.js';
import { attachmentsOf } from './parse-attachment.js';
import { customPropertiesOf } from './parse-custom-property.js';
import { localized } from './parse-localized.js';
import { recurrenceOf } from './parse-recurrence.js';
import { parseSpan } from './parse-span.js';
import { booleanOf, type Fields, integerOf, listOf, oneOf, recordOf, refuse, textOf, wordsOf } from './read-field.js';

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
  const parsed: Draft = {
    subject: localized(subjectOf, language)(fields['subject'], 'subject'),
    start,
    end,
    requiredAttendees: attendeesOf(fields['requiredAttendees'], 'requiredAttendees'),
    optionalAttendees: attendeesOf(fields['optionalAttendees'], 'optionalAttendees'),
    resources: attendeesOf(fields['resources'], 'resources'),
    categories: listOf(fields['categories'], 'categories', wordsOf),
  };
  if (isAllDay === true) parsed.isAllDay = true;
  addTexts(parsed, fields, language);
  addChoices(parsed, fields);
  addBelongings(parsed, fields);
  return Object.freeze(parsed);
}

type Draft = { -readonly [F in keyof Appointment]: Appointment[F] };

function addTexts(parsed: Draft, { body, location }: Fields, language: string | undefined): void {
  if (body !== undefined) parsed.body = localized(bodyOf, language)(body, 'body');
  if (location !== undefined) parsed.location = localized(locationOf, language)(location, 'location');
}

function addChoices(parsed: Draft, fields: Fields): void {
  const reminder = fields['reminder'] ?? (parsed.isAllDay === true ? false : undefined);
  const { showAs, sensitivity, importance, responseRequested, newTimeProposalsAllowed, onlineMeeting } = fields;
  if (reminder !== undefined) parsed.reminder = reminderOf(reminder, 'reminder');
  if (showAs !== undefined) parsed.showAs = oneOf(SHOW_AS)(showAs, 'showAs');
  if (sensitivity !== undefined) parsed.sensitivity = oneOf(SENSITIVITIES)(sensitivity, 'sensitivity');
  if (importance !== undefined) parsed.importance = oneOf(IMPORTANCES)(importance, 'importance');
  if (responseRequested !== undefined) parsed.responseRequested = booleanOf(responseRequested, 'responseRequested');
  if (newTimeProposalsAllowed !== undefined) {
    parsed.newTimeProposalsAllowed = booleanOf(newTimeProposalsAllowed, 'newTimeProposalsAllowed');
  }
  if (onlineMeeting !== undefined && booleanOf(onlineMeeting, 'onlineMeeting')) parsed.onlineMeeting = true;
}

/** What an empty list says nothing of. */
function addBelongings(parsed: Draft, fields: Fields): void {
  const attachments = attachmentsOf(fields['attachments'], 'attachments');
  const customProperties = customPropertiesOf(fields['customProperties'], 'customProperties');
  const { recurrence } = fields;
  if (attachments.length > 0) parsed.attachments = attachments;
  if (customProperties.length > 0) parsed.customProperties = customProperties;
  if (recurrence === undefined) return;
  const { floating, dateTime } = parsed.start;
  parsed.recurrence = recurrenceOf(recurrence, 'recurrence', (floating ?? dateTime).slice(0, 10));
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
  const named = name === undefined ? {} : { name: textOf(name, `${field}.name`) };
  return Object.freeze({ address: addressOf(address, `${field}.address`), ...named });
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
