import { type Appointment, placementUid } from '@appointed/core';
import { EVENT_PROPERTIES, ITEM_PROPERTIES } from './calendar-properties.js';
import { customProperties } from './custom-properties.js';
import { element, textElement, type Xml } from './element.js';
import { keyProperty } from './key-property.js';

/**
 * An appointment as a CalendarItem element. The order is the schema's: first all that ItemType has, then what
 * CalendarItemType adds.
 */
export function calendarItem(key: string, appointment: Appointment): Xml {
  return element(
    't:CalendarItem',
    {},
    ...ITEM_PROPERTIES.map(({ write }) => write(appointment)),
    keyProperty(key),
    ...customProperties(appointment.customProperties),
    textElement('t:UID', placementUid(key)),
    ...EVENT_PROPERTIES.map(({ write }) => write(appointment)),
  );
}
