import type { Appointment, AppointmentField, Attendee, Body, Moment } from '@appointed/core';
import { FREE_BUSY, IMPORTANCE, SENSITIVITY } from '../enumerations.js';
import { element, NOTHING, textElement, type Xml } from './element.js';

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
  property('subject', 'item:Subject', textElement),
  property('sensitivity', 'item:Sensitivity', (name, value) => textElement(name, SENSITIVITY[value])),
  property('body', 'item:Body', bodyElement),
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
  property('end', 'calendar:End', (name, end) => textElement(name, dateTime(end))),
  property('showAs', 'calendar:LegacyFreeBusyStatus', (name, value) => textElement(name, FREE_BUSY[value])),
  property('location', 'calendar:Location', textElement),
  property('requiredAttendees', 'calendar:RequiredAttendees', attendeesElement),
  property('optionalAttendees', 'calendar:OptionalAttendees', attendeesElement),
  property('resources', 'calendar:Resources', attendeesElement),
  property('start', 'calendar:StartTimeZone', zoneElement),
  property('end', 'calendar:EndTimeZone', zoneElement),
];

type Writer<F extends AppointmentField> = (name: string, value: NonNullable<Appointment[F]>) => Xml;

function property<F extends AppointmentField>(field: F, uri: string, write: Writer<F>): CalendarProperty {
  const name = `t:${uri.slice(uri.indexOf(':') + 1)}`;
  return {
    field,
    uri,
    write: ({ [field]: value }) => (value === undefined ? NOTHING : write(name, value as NonNullable<Appointment[F]>)),
  };
}

/** With its offset the time is literal, whatever zones the server knows; StartTimeZone says how to show it. */
function dateTime(moment: Moment): string {
  return moment.dateTime + moment.offset;
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
