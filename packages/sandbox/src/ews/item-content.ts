import type { Draft } from '../calendar/mailbox-calendar.js';
import type { PropertyValue } from '../calendar/item.js';
import { type Call, zoneOf } from './call.js';
import { escapeAttribute } from './escape.js';
import { ItemError } from './fault.js';
import { readProperty } from './fields/extended-property.js';
import type { Zones } from './fields/field.js';
import { fieldByElement } from './fields/fields.js';
import { readMeetingZone } from './fields/meeting-zone.js';
import { readZone } from './fields/zone-definition.js';
import type { XmlElement } from './xml-element.js';

/** What a CalendarItem element says. @throws ItemError for what may not be set, or means nothing */
export function readContent(item: XmlElement, call: Call): Draft {
  const zones = readZones(item, call);
  const draft: Draft = { startZone: zones.start, endZone: zones.end };
  let properties: Map<string, PropertyValue> | undefined;
  for (const value of item.children) {
    if (value.name === 't:ExtendedProperty') {
      properties ??= new Map();
      properties.set(...readProperty(value));
      continue;
    }
    // Files are attached when the item has a number (see `create-item.ts`).
    if (value.name === 't:Attachments') continue;
    const field = fieldByElement(value.name);
    if (field?.take === undefined) throw cannotSet(field?.uri ?? `item:${value.localName}`);
    field.take(draft, value, zones);
  }
  if (properties !== undefined) draft.properties = properties;
  return draft;
}

/**
 * The zones that times without an offset are in, and that the item is kept in: StartTimeZone and EndTimeZone, else the
 * header's TimeZoneContext, else UTC. MeetingTimeZone counts only for Exchange 2007's requests.
 */
export function readZones(item: Pick<XmlElement, 'child'>, call: Call): Zones {
  const startZone = item.child('t:StartTimeZone');
  const endZone = item.child('t:EndTimeZone');
  const meetingZone = item.child('t:MeetingTimeZone');
  const isOld = call.version === undefined || call.version.startsWith('Exchange2007');
  const meeting = meetingZone === undefined ? undefined : readMeetingZone(meetingZone);
  const fallback = (isOld ? meeting : undefined) ?? zoneOf(call);
  const start = startZone === undefined ? fallback : readZone(startZone);
  return { start, end: endZone === undefined ? start : readZone(endZone) };
}

export function cannotSet(uri: string): ItemError {
  const path = `<t:FieldURI FieldURI="${escapeAttribute(uri)}"/>`;
  return new ItemError('ErrorInvalidPropertySet', 'Set action is invalid for property.', path);
}
