import { isAddress } from '../mailbox/address.js';
import { AppointedError } from '../error/appointed-error.js';
import { IMPORTANCES, SENSITIVITIES, SHOW_AS } from './appointment-input.js';
import type { Appointment, Attendee, Body } from './appointment.js';
import { parseMoment } from './parse-moment.js';
import { storableText } from './storable-text.js';

type Fields = Readonly<Record<string, unknown>>;

// Exchange stores no more of a subject, and refuses a longer one with ErrorPropertyValidationFailure.
const LONGEST_SUBJECT = 255;
const LONGEST_REMINDER = 2_629_800; // minutes in five years, the most that Outlook offers room for

const FIELDS: ReadonlySet<string> = new Set<keyof Appointment>([
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
]);

/**
 * Checks what a factory returned, and freezes it.
 * @throws AppointedError `invalid_appointment`, `end_before_start`, `unknown_time_zone`; `field` says where
 */
export function parseAppointment(input: unknown): Appointment {
  const fields = recordOf(input, 'the appointment');
  refuseUnknown(fields);
  const start = parseMoment(fields['start'], 'start');
  const end = parseMoment(fields['end'], 'end');
  if (end.epochMs < start.epochMs) throw endBeforeStart(start.dateTime, end.dateTime);
  return Object.freeze({
    subject: subjectOf(fields['subject']),
    start,
    end,
    requiredAttendees: attendeesOf(fields['requiredAttendees'], 'requiredAttendees'),
    optionalAttendees: attendeesOf(fields['optionalAttendees'], 'optionalAttendees'),
    resources: attendeesOf(fields['resources'], 'resources'),
    categories: listOf(fields['categories'], 'categories', categoryOf),
    ...optional('body', fields['body'], bodyOf),
    ...optional('location', fields['location'], textOf),
    ...optional('reminder', fields['reminder'], reminderOf),
    ...optional('showAs', fields['showAs'], oneOf(SHOW_AS)),
    ...optional('sensitivity', fields['sensitivity'], oneOf(SENSITIVITIES)),
    ...optional('importance', fields['importance'], oneOf(IMPORTANCES)),
  });
}

type Reader<T> = (value: unknown, field: string) => T;

function optional<K extends string, T>(name: K, value: unknown, read: Reader<T>): { readonly [P in K]?: T } {
  return value === undefined ? {} : ({ [name]: read(value, name) } as { readonly [P in K]: T });
}

function refuseUnknown(fields: Fields): void {
  const unknown = Object.keys(fields).find((name) => !FIELDS.has(name));
  if (unknown !== undefined) throw refuse(unknown.slice(0, 100), 'is not a field of an appointment');
}

function subjectOf(value: unknown): string {
  if (value === undefined) throw refuse('subject', 'is missing');
  const subject = textOf(value, 'subject');
  if (subject.trim() === '') throw refuse('subject', 'is empty');
  if (subject.length > LONGEST_SUBJECT) throw refuse('subject', `is longer than ${LONGEST_SUBJECT} characters`);
  return subject;
}

function categoryOf(value: unknown, field: string): string {
  const category = textOf(value, field);
  if (category.trim() === '') throw refuse(field, 'is empty');
  return category;
}

function bodyOf(value: unknown, field: string): Body {
  if (typeof value === 'string') return Object.freeze({ format: 'text', content: value });
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
  if (!Number.isInteger(minutesBefore) || Number(minutesBefore) < 0 || Number(minutesBefore) > LONGEST_REMINDER) {
    throw refuse(`${field}.minutesBefore`, `is not a whole number from 0 to ${LONGEST_REMINDER}`);
  }
  return Object.freeze({ minutesBefore: Number(minutesBefore) });
}

function oneOf<const T extends readonly string[]>(allowed: T): Reader<T[number]> {
  return (value, field) => {
    const found = allowed.find((candidate) => candidate === value);
    if (found === undefined) throw refuse(field, `is none of ${allowed.join(', ')}`);
    return found;
  };
}

const NONE: readonly never[] = Object.freeze([]);

function listOf<T>(value: unknown, field: string, read: Reader<T>): readonly T[] {
  if (value === undefined) return NONE;
  if (!Array.isArray(value)) throw refuse(field, 'is not a list');
  return Object.freeze(Array.from(value, (entry, index) => read(entry, `${field}[${index}]`)));
}

function textOf(value: unknown, field: string): string {
  if (typeof value !== 'string') throw refuse(field, 'is not a string');
  return storableText(value);
}

function recordOf(value: unknown, field: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw refuse(field, 'is not an object');
  return value as Fields;
}

function endBeforeStart(start: string, end: string): AppointedError {
  return new AppointedError('end_before_start', `end (${end}) is before start (${start})`, { field: 'end' });
}

function refuse(field: string, complaint: string): AppointedError {
  return new AppointedError('invalid_appointment', `${field} ${complaint}`, { field });
}
