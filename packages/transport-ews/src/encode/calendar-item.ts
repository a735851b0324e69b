import type { Appointment } from '@appointed/core';
import { type CalendarProperty, EVENT_PROPERTIES, ITEM_PROPERTIES } from './calendar-properties.js';
import { customProperties } from './custom-properties.js';
import { all, element, frame, textElements, trusted, type Xml } from './element.js';
import { keyProperty } from './key-property.js';

/** By what an item is known: our key in it, and its iCalendar UID. */
interface ItemIdentity {
  readonly key: string;
  readonly uid: string;
}

const around = frame((properties) => element('t:CalendarItem', {}, properties));
const uidElement = textElements('t:UID');

/**
 * An appointment as a CalendarItem element. The order is the schema's: first all that ItemType has, then what
 * CalendarItemType adds.
 */
export function calendarItem({ key, uid }: ItemIdentity, appointment: Appointment): Xml {
  return around(
    trusted(
      written(ITEM_PROPERTIES, appointment) +
        keyProperty(key) +
        all(customProperties(appointment.customProperties)) +
        uidElement(uid) +
        written(EVENT_PROPERTIES, appointment),
    ),
  );
}

function written(properties: readonly CalendarProperty[], appointment: Appointment): string {
  let xml = '';
  for (const { write } of properties) xml += write(appointment);
  return xml;
}
