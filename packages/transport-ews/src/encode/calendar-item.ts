import type { Appointment } from '@appointed/core';
import { type CalendarProperty, EVENT_PROPERTIES, ITEM_PROPERTIES } from './calendar-properties.js';
import { customProperties } from './custom-properties.js';
import { element, textElement, trusted, type Xml } from './element.js';
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
  const { customProperties: properties = [] } = appointment;
  return element(
    't:CalendarItem',
    {},
    written(ITEM_PROPERTIES, appointment),
    keyProperty(key),
    ...customProperties(properties),
    textElement('t:UID', uid),
    written(EVENT_PROPERTIES, appointment),
  );
}

function written(properties: readonly CalendarProperty[], appointment: Appointment): Xml {
  let all = '';
  for (const { write } of properties) all += write(appointment);
  return trusted(all);
}
