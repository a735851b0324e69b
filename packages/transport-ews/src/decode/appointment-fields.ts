import type { Appointment, AppointmentField, Attendee, Body, Moment } from '@appointed/core';
import { FREE_BUSY, IMPORTANCE, ourWord, SENSITIVITY } from '../enumerations.js';
import { recurrenceOf } from './recurrence-of.js';
import { child, type XmlElement } from './xml-tree.js';

/**
 * What a CalendarItem element says, in our words. A field that it has no value for is absent; so are those that take
 * further requests.
 */
export function appointmentFields(item: XmlElement): Partial<Appointment> {
  const fields = Object.entries(READERS).map(([field, read]) => [field, read(item)] as const);
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined));
}

type Reader<T> = (item: XmlElement) => T | undefined;

type FurtherField = 'attachments' | 'customProperties' | 'onlineMeeting';

const READERS: { readonly [F in Exclude<AppointmentField, FurtherField>]-?: Reader<NonNullable<Appointment[F]>> } = {
  subject: (item) => textOf(item, 'Subject'),
  body: bodyOf,
  start: (item) => momentOf(item, 'Start'),
  end: (item) => momentOf(item, 'End'),
  location: (item) => textOf(item, 'Location'),
  requiredAttendees: (item) => attendeesOf(item, 'RequiredAttendees'),
  optionalAttendees: (item) => attendeesOf(item, 'OptionalAttendees'),
  resources: (item) => attendeesOf(item, 'Resources'),
  reminder: reminderOf,
  showAs: (item) => ourWord(FREE_BUSY, wordOf(item, 'LegacyFreeBusyStatus')),
  sensitivity: (item) => ourWord(SENSITIVITY, wordOf(item, 'Sensitivity')),
  importance: (item) => ourWord(IMPORTANCE, wordOf(item, 'Importance')),
  categories: (item) => someOf((child(item, 'Categories')?.children ?? []).map(({ text }) => text)),
  isAllDay: (item) => (wordOf(item, 'IsAllDayEvent') === 'true' ? true : undefined),
  responseRequested: (item) => booleanOf(item, 'IsResponseRequested'),
  newTimeProposalsAllowed: (item) => booleanOf(item, 'AllowNewTimeProposal'),
  recurrence: recurrenceOf,
};

function textOf(item: XmlElement, name: string): string | undefined {
  const text = child(item, name)?.text;
  return text === '' ? undefined : text;
}

function wordOf(item: XmlElement, name: string): string {
  return child(item, name)?.text.trim() ?? '';
}

function booleanOf(item: XmlElement, name: string): boolean | undefined {
  const word = wordOf(item, name);
  return word === 'true' || word === 'false' ? word === 'true' : undefined;
}

function bodyOf(item: XmlElement): Body | undefined {
  const content = textOf(item, 'Body');
  if (content === undefined) return undefined;
  return { format: child(item, 'Body')?.attributes['BodyType'] === 'HTML' ? 'html' : 'text', content };
}

const HAS_OFFSET = /(?:Z|[+-]\d\d:\d\d)$/;
const UTC = { iana: 'Etc/UTC', windows: 'UTC' };

/** Exchange tells times in UTC, whatever zone they are shown in. */
function momentOf(item: XmlElement, name: string): Moment | undefined {
  const text = wordOf(item, name);
  const epochMs = Math.floor(Date.parse(HAS_OFFSET.test(text) ? text : `${text}Z`) / 1000) * 1000;
  if (Number.isNaN(epochMs)) return undefined;
  return { epochMs, dateTime: new Date(epochMs).toISOString().slice(0, 19), offset: 'Z', zone: UTC };
}

function attendeesOf(item: XmlElement, name: string): readonly Attendee[] | undefined {
  return someOf((child(item, name)?.children ?? []).flatMap(attendeeOf));
}

function attendeeOf(attendee: XmlElement): readonly Attendee[] {
  const mailbox = child(attendee, 'Mailbox');
  const address = child(mailbox, 'EmailAddress')?.text.trim() ?? '';
  if (address === '') return [];
  const name = child(mailbox, 'Name')?.text ?? '';
  return [name === '' || name === address ? { address } : { address, name }];
}

function reminderOf(item: XmlElement): Appointment['reminder'] {
  const isSet = wordOf(item, 'ReminderIsSet');
  if (isSet === 'false') return false;
  const minutes = wordOf(item, 'ReminderMinutesBeforeStart');
  return isSet === 'true' && minutes !== '' ? { minutesBefore: Number(minutes) } : undefined;
}

function someOf<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list;
}
