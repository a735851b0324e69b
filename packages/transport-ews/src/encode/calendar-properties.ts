import type { Appointment, AppointmentField, Attendee, Body, Moment } from '@appointed/core';
import { FREE_BUSY, IMPORTANCE, SENSITIVITY } from '../enumerations.js';
import { attachmentsElement } from './attachments.js';
import { element, NOTHING, textElement, type Xml } from './element.js';
import { recurrenceElement } from './recurrence.js';

/** A property of calendar items that says something of a field of an appointment; `start` has two of them. */
export interface CalendarProperty {
  readonly field: AppointmentField;
  /** What requests call it (attribute FieldURI). */
  readonly uri: string;
  /** Its element; nothing where the field has nothing to say. */
  readonly write: (fields: Partial<Appointment>) => Xml;
}

/** What ItemType has, in the schema's order. */
export const ITEM_PROPERTIES: readonly CalendarProperty[] = [
  property('subject', 'item:Subject', (name, text) => textElement(name, text)),
  property('sensitivity', 'item:Sensitivity', (name, value) => textElement(name, SENSITIVITY[value])),
  property('body', 'item:Body', bodyElement),
  property('attachments', 'item:Attachments', attachmentsElement),
  property('categories', 'item:Categories', categoriesElement),
  property('importance', 'item:Importance', (name, value) => textElement(name, IMPORTANCE[value])),
  property('reminder', 'item:ReminderIsSet', (name, reminder) => textElement(name, String(reminder !== false))),
  property('reminder', 'item:ReminderMinutesBeforeStart', (name, reminder) =>
    reminder === false ? NOTHING : textElement(name, String(reminder.minutesBefore)),
  ),
];

/** What CalendarItemType adds to it, in the schema's order. */
export const EVENT_PROPERTIES: readonly CalendarProperty[] = [
  property('start', 'calendar:Start', (name, start) => textElement(name, dateTime(start))),
  property('end', 'calendar:End', (name, end, { isAllDay }) =>
    textElement(name, isAllDay === true ? endOfLastDay(end) : dateTime(end)),
  ),
  property('isAllDay', 'calendar:IsAllDayEvent', (name, value) => textElement(name, String(value))),
  property('showAs', 'calendar:LegacyFreeBusyStatus', (name, value) => textElement(name, FREE_BUSY[value])),
  property('location', 'calendar:Location', (name, text) => textElement(name, text)),
  property('responseRequested', 'calendar:IsResponseRequested', (name, value) => textElement(name, String(value))),
  property('requiredAttendees', 'calendar:RequiredAttendees', attendeesElement),
  property('optionalAttendees', 'calendar:OptionalAttendees', attendeesElement),
  property('resources', 'calendar:Resources', attendeesElement),
  property('recurrence', 'calendar:Recurrence', (name, recurrence, { start }) =>
    recurrenceElement(name, recurrence, given(start)),
  ),
  property('start', 'calendar:StartTimeZone', zoneElement),
  property('end', 'calendar:EndTimeZone', zoneElement),
  property('newTimeProposalsAllowed', 'calendar:AllowNewTimeProposal', (name, value) =>
    textElement(name, String(value)),
  ),
];

type Writer<F extends AppointmentField> = (
  name: string,
  value: NonNullable<Appointment[F]>,
  fields: Partial<Appointment>,
) => Xml;

function property<F extends AppointmentField>(field: F, uri: string, write: Writer<F>): CalendarProperty {
  const name = `t:${uri.slice(uri.indexOf(':') + 1)}`;
  return {
    field,
    uri,
    write(fields) {
      const value = fields[field];
      return value === undefined ? NOTHING : write(name, value as NonNullable<Appointment[F]>, fields);
    },
  };
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

function zoneElement(name: string, { zone }: Moment): Xml {
  return element(name, { Id: zone.windows });
}

function bodyElement(name: string, { format, content }: Body): Xml {
  return textElement(name, content, { BodyType: format === 'html' ? 'HTML' : 'Text' });
}

function categoriesElement(name: string, categories: readonly string[]): Xml {
  if (categories.length === 0) return NOTHING;
  return element(name, {}, ...categories.map((category) => textElement('t:String', category)));
}

function attendeesElement(name: string, people: readonly Attendee[]): Xml {
  return people.length === 0 ? NOTHING : element(name, {}, ...people.map(attendee));
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
