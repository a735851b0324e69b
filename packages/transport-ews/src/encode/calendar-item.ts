import type { Appointment } from '@appointed/core';
import { EVENT_PROPERTIES, ITEM_PROPERTIES } from './calendar-properties.js';
import { customProperties } from './custom-properties.js';
import { element, textElement, type Xml } from './element.js';
import { keyProperty } from './key-property.js';

/** By what an item is known: our key in it, and its iCalendar UID. */
interface ItemIdentity {
  readonly key: string;
  readonly uid: string;
}

/**
 * An appointment as a CalendarItem element. The order is the schema's: first all that ItemType has, then what
 * CalendarItemType adds.
 */
export function calendarItem({ key, uid }: ItemIdentity, appointment: Appointment): Xml {
  return element(
    't:CalendarItem',
    {},
    ...ITEM_PROPERTIES.map(({ write }) => write(appointment)),
    keyProperty(key),
    ...customProperties(appointment.customProperties),
    textElement('t:UID', uid),
    ...EVENT_PROPERTIES.map(({ write }) => write(appointment)),
  );
}
