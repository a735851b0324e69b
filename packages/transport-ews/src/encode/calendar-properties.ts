import type { Appointment, AppointmentField, Attendee, Body, Moment } from '@appointed/core';
import { FREE_BUSY, IMPORTANCE, SENSITIVITY } from '../enumerations.js';
import { attachmentsElement } from './attachments.js';
import { element, NOTHING, remembering, textElement, textElements, type Xml } from './element.js';
import { recurrenceElement } from './recurrence.js';

/** A property of calendar items that says something of a field of an appointment; `start` has two of them. */
export interface CalendarProperty {
  readonly field: AppointmentField;
  /** What requests call it (attribute FieldURI). */
  readonly uri: string;
  /** Its element; nothing where the field has nothing to say. */
  readonly write: (fields: Partial<Appointment>) => Xml;
}

type Readers = { readonly [F in AppointmentField]: (fields: Partial<Appointment>) => Appointment[F] | undefined };

/** A function for each: to read a property whose name varies takes many times as long. */
const READ: Readers = {
  subject: ({ subject }) => subject,
  body: ({ body }) => body,
  start: ({ start }) => start,
  end: ({ end }) => end,
  isAllDay: ({ isAllDay }) => isAllDay,
  location: ({ location }) => location,
  requiredAttendees: ({ requiredAttendees }) => requiredAttendees,
  optionalAttendees: ({ optionalAttendees }) => optionalAttendees,
  resources: ({ resources }) => resources,
  reminder: ({ reminder }) => reminder,
  showAs: ({ showAs }) => showAs,
  sensitivity: ({ sensitivity }) => sensitivity,
  importance: ({ importance }) => importance,
  categories: ({ categories }) => categories,
  responseRequested: ({ responseRequested }) => responseRequested,
  newTimeProposalsAllowed: ({ newTimeProposalsAllowed }) => newTimeProposalsAllowed,
  attachments: ({ attachments }) => attachments,
  onlineMeeting: ({ onlineMeeting }) => onlineMeeting,
  customProperties: ({ customProperties }) => customProperties,
  recurrence: ({ recurrence }) => recurrence,
};

/** What ItemType has, in the schema's order. */
export const ITEM_PROPERTIES: readonly CalendarProperty[] = [
  property('subject', 'item:Subject', (name) => textElements(name)),
  property('sensitivity', 'item:Sensitivity', (name) => word(name, SENSITIVITY)),
  property('body', 'item:Body', body),
  property('attachments', 'item:Attachments', (name) => (files) => attachmentsElement(name, files)),
  property('categories', 'item:Categories', (name) => (categories) => categoriesElement(name, categories)),
  property('importance', 'item:Importance', (name) => word(name, IMPORTANCE)),
  property('reminder', 'item:ReminderIsSet', (name) => {
    const write = flag(name);
    return (reminder) => write(reminder !== false, {});
  }),
  property('reminder', 'item:ReminderMinutesBeforeStart', (name) => {
    const write = remembering((minutes: number) => textElement(name, String(minutes)));
    return (reminder) => (reminder === false ? NOTHING : write(reminder.minutesBefore));
  }),
];

/** What CalendarItemType adds to it, in the schema's order. */
export const EVENT_PROPERTIES: readonly CalendarProperty[] = [
  property('start', 'calendar:Start', (name) => {
    const write = textElements(name);
    return (start) => write(dateTime(start));
  }),
  property('end', 'calendar:End', (name) => {
    const write = textElements(name);
    return (end, { isAllDay }) => write(isAllDay === true ? endOfLastDay(end) : dateTime(end));
  }),
  property('isAllDay', 'calendar:IsAllDayEvent', flag),
  property('showAs', 'calendar:LegacyFreeBusyStatus', (name) => word(name, FREE_BUSY)),
  property('location', 'calendar:Location', (name) => remembering(textElements(name))),
  property('responseRequested', 'calendar:IsResponseRequested', flag),
  property('requiredAttendees', 'calendar:RequiredAttendees', attendees),
  property('optionalAttendees', 'calendar:OptionalAttendees', attendees),
  property('resources', 'calendar:Resources', attendees),
  property(
    'recurrence',
    'calendar:Recurrence',
    (name) =>
      (recurrence, { start }) =>
        recurrenceElement(name, recurrence, given(start)),
  ),
  property('start', 'calendar:StartTimeZone', zone),
  property('end', 'calendar:EndTimeZone', zone),
  property('newTimeProposalsAllowed', 'calendar:AllowNewTimeProposal', flag),
];

type Write<T> = (value: T, fields: Partial<Appointment>) => Xml;

/** @param writer makes what writes elements of a name: what they have in common is written once */
function property<F extends AppointmentField>(
  field: F,
  uri: string,
  writer: (name: string) => Write<NonNullable<Appointment[F]>>,
): CalendarProperty {
  const write = writer(`t:${uri.slice(uri.indexOf(':') + 1)}`);
  const read: (fields: Partial<Appointment>) => unknown = READ[field];
  return {
    field,
    uri,
    write(fields) {
      const value = read(fields);
      return value === undefined ? NOTHING : write(value as NonNullable<Appointment[F]>, fields);
    },
  };
}

/** @param words the server's, by ours */
function word<T extends string>(name: string, words: Readonly<Record<T, string>>): Write<T> {
  const write = textElements(name);
  return (value) => write(words[value]);
}

function flag(name: string): Write<boolean> {
  const [yes, no] = [textElement(name, 'true'), textElement(name, 'false')];
  return (value) => (value ? yes : no);
}

/** With its offset the time is literal, whatever zones the server knows; StartTimeZone says how to show it. */
function dateTime(moment: Moment): string {
  return moment.dateTime + moment.offset;
}

/**
 * Exchange moves the end of whole days up to midnight. On a day whose first hour the clocks skip that would be the next
 * one: there the last minute of the day before says the same.
 */
function endOfLastDay(end: Moment): string {
  if (end.dateTime.endsWith('T00:00:00')) return dateTime(end);
  return new Date(end.epochMs - 60_000).toISOString().replace('.000Z', 'Z');
}

function given(start: Moment | undefined): Moment {
  if (start === undefined) throw new TypeError('a recurrence comes with a start');
  return start;
}

function zone(name: string): Write<Moment> {
  const write = remembering((windows: string) => element(name, { Id: windows }));
  return ({ zone: { windows } }) => write(windows);
}

function body(name: string): Write<Body> {
  const formats = { html: textElements(name, { BodyType: 'HTML' }), text: textElements(name, { BodyType: 'Text' }) };
  return ({ format, content }) => formats[format](content);
}

function categoriesElement(name: string, categories: readonly string[]): Xml {
  if (categories.length === 0) return NOTHING;
  return element(name, {}, ...categories.map((category) => textElement('t:String', category)));
}

function attendees(name: string): Write<readonly Attendee[]> {
  return (people) => (people.length === 0 ? NOTHING : element(name, {}, ...people.map(attendee)));
}

function attendee({ address, name }: Attendee): Xml {
  return element(
    't:Attendee',
    {},
    element(
      't:Mailbox',
      {},
      name === undefined ? NOTHING : textElement('t:Name', name),
      textElement('t:EmailAddress', address),
    ),
  );
}
