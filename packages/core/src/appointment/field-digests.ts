import { hash } from 'node:crypto';
import type { Appointment, AppointmentField, Attendee, Body } from './appointment.js';
import type { Attachment } from './attachment.js';
import type { CustomProperty } from './custom-property.js';
import type { Recurrence } from './recurrence.js';

const DIGEST_LENGTH = 12; // hexadecimal digits: 48 bits

/**
 * A digest of each field of an appointment: enough to tell whether somebody has changed it, and nothing to read. A field
 * without a value has none.
 */
export type FieldDigests = Readonly<Partial<Record<AppointmentField, string>>>;

/**
 * Digests what an appointment says. Servers write some things differently than they were given (spaces, the HTML of a
 * body, the case of addresses), which makes no difference here.
 * @param key of the placement; it enters the digests, so that equal texts of two mailboxes do not look equal
 */
export function digestFields(key: string, fields: Partial<Appointment>): FieldDigests {
  const digests: Partial<Record<AppointmentField, string>> = {};
  for (const field of Object.keys(COMPARABLE) as AppointmentField[]) {
    const text = comparable(fields, field);
    if (text !== undefined) digests[field] = digest(`${key}\0${field}\0${text}`);
  }
  return digests;
}

function comparable<F extends AppointmentField>(fields: Partial<Appointment>, field: F): string | undefined {
  const value = fields[field] as Exclude<Appointment[F], undefined> | undefined;
  return value === undefined ? undefined : COMPARABLE[field](value);
}

type Comparison<F extends AppointmentField> = (value: Exclude<Appointment[F], undefined>) => string | undefined;

const COMPARABLE: { readonly [F in keyof Required<Appointment>]: Comparison<F> } = {
  subject: comparableText,
  body: comparableBody,
  start: ({ epochMs }) => String(epochMs),
  end: ({ epochMs }) => String(epochMs),
  location: comparableText,
  requiredAttendees: comparableAttendees,
  optionalAttendees: comparableAttendees,
  resources: comparableAttendees,
  reminder: (reminder) => (reminder === false ? 'none' : String(reminder.minutesBefore)),
  showAs: (showAs) => showAs,
  sensitivity: (sensitivity) => sensitivity,
  importance: (importance) => importance,
  categories: comparableList,
  isAllDay: String,
  responseRequested: String,
  newTimeProposalsAllowed: String,
  attachments: comparableAttachments,
  onlineMeeting: String,
  customProperties: comparableProperties,
  recurrence: comparableRecurrence,
};

/** An empty text is none: servers do not keep one. */
function comparableText(text: string): string | undefined {
  const trimmed = text.replaceAll(/\s+/gu, ' ').trim();
  return trimmed === '' ? undefined : trimmed;
}

const UNSEEN = /<!--[^]*?-->|<(head|style|script|title)\b[^]*?<\/\1\s*>/giu;
const TAG = /<[^>]*>/gu;
const ENTITY = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(amp|lt|gt|quot|apos|nbsp));/giu;
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** The words of a body: Exchange stores HTML of its own making, even of a text. */
function comparableBody({ format, content }: Body): string | undefined {
  const text =
    format === 'text' ? content : content.replaceAll(UNSEEN, ' ').replaceAll(TAG, ' ').replaceAll(ENTITY, character);
  return comparableText(text.replaceAll(/\s+/gu, ''));
}

function character(found: string, decimal?: string, hex?: string, name?: string): string {
  if (name !== undefined) return NAMED[name.toLowerCase()] ?? found;
  const point = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
  return point <= 0x10ffff ? String.fromCodePoint(point) : found;
}

function comparableAttendees(attendees: readonly Attendee[]): string | undefined {
  return comparableList(attendees.map(({ address }) => address.toLowerCase()));
}

function comparableAttachments(attachments: readonly Attachment[]): string | undefined {
  const texts = attachments.map(({ name, mediaType, contentId = '', content }) =>
    JSON.stringify([name, mediaType.toLowerCase(), contentId, hash('sha256', content, 'hex')]),
  );
  return comparableList(texts);
}

function comparableProperties(properties: readonly CustomProperty[]): string | undefined {
  return comparableList(
    properties.map(({ propertySetId, name, type, value }) => JSON.stringify([propertySetId, name, type, value])),
  );
}

/** Where a week begins makes a difference only where weeks are left out. */
function comparableRecurrence(recurrence: Recurrence): string {
  const isEveryWeek = recurrence.pattern === 'weekly' && recurrence.interval === 1;
  const said = Object.entries(recurrence).filter(([name]) => !(isEveryWeek && name === 'firstDayOfWeek'));
  return JSON.stringify(said.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

function comparableList(values: readonly string[]): string | undefined {
  return values.length === 0 ? undefined : JSON.stringify(values.toSorted());
}

function digest(text: string): string {
  return hash('sha256', text, 'hex').slice(0, DIGEST_LENGTH);
}
