import { type Appointment, type Attendee, type Moment, placementUid, type ShowAs } from '@appointed/core';
import { element, fragment, NOTHING, textElement, type Xml } from './element.js';
import { keyProperty } from './key-property.js';

const FREE_BUSY: Readonly<Record<ShowAs, string>> = {
  free: 'Free',
  tentative: 'Tentative',
  busy: 'Busy',
  oof: 'OOF',
  workingElsewhere: 'WorkingElsewhere',
};

/**
 * An appointment as a CalendarItem element. The order is the schema's: first all that ItemType has, then what
 * CalendarItemType adds.
 */
export function calendarItem(key: string, appointment: Appointment): Xml {
  const { subject, sensitivity, body, categories, importance, reminder, start, end, showAs, location } = appointment;
  return element(
    't:CalendarItem',
    {},
    textElement('t:Subject', subject),
    enumeration('t:Sensitivity', sensitivity),
    body === undefined ? NOTHING : bodyElement(body),
    categories.length === 0
      ? NOTHING
      : element('t:Categories', {}, ...categories.map((c) => textElement('t:String', c))),
    enumeration('t:Importance', importance),
    reminderElements(reminder),
    keyProperty(key),
    textElement('t:UID', placementUid(key)),
    textElement('t:Start', dateTime(start)),
    textElement('t:End', dateTime(end)),
    showAs === undefined ? NOTHING : textElement('t:LegacyFreeBusyStatus', FREE_BUSY[showAs]),
    location === undefined ? NOTHING : textElement('t:Location', location),
    attendees('t:RequiredAttendees', appointment.requiredAttendees),
    attendees('t:OptionalAttendees', appointment.optionalAttendees),
    attendees('t:Resources', appointment.resources),
    element('t:StartTimeZone', { Id: start.zone.windows }),
    element('t:EndTimeZone', { Id: end.zone.windows }),
  );
}

/** With its offset the time is literal, whatever zones the server knows; StartTimeZone says how to show it. */
function dateTime(moment: Moment): string {
  return moment.dateTime + moment.offset;
}

/** The schema's enumerations are ours with a capital letter. */
function enumeration(name: string, value: string | undefined): Xml {
  return value === undefined ? NOTHING : textElement(name, value.charAt(0).toUpperCase() + value.slice(1));
}

function bodyElement({ format, content }: NonNullable<Appointment['body']>): Xml {
  return textElement('t:Body', content, { BodyType: format === 'html' ? 'HTML' : 'Text' });
}

function reminderElements(reminder: Appointment['reminder']): Xml {
  if (reminder === undefined) return NOTHING;
  if (reminder === false) return textElement('t:ReminderIsSet', 'false');
  return fragment([
    textElement('t:ReminderIsSet', 'true'),
    textElement('t:ReminderMinutesBeforeStart', String(reminder.minutesBefore)),
  ]);
}

function attendees(name: string, people: readonly Attendee[]): Xml {
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
