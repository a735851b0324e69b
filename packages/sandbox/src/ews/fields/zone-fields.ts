import { type Zone, findWindowsZone } from '../../calendar/zone.js';
import { escapeAttribute } from '../escape.js';
import { ItemError } from '../fault.js';
import type { XmlElement } from '../xml-element.js';
import { type Field, structured } from './field.js';

/** A TimeZoneDefinition in short: clients look its rules up by the identifier. */
export function zoneXml(name: string, zone: Zone): string {
  const id = escapeAttribute(zone.id);
  return `<t:${name} Id="${id}" Name="${escapeAttribute(displayName(zone))}"/>`;
}

/** `(UTC+01:00) W. Europe Standard Time`; Exchange has places' names there. */
export function displayName(zone: Zone): string {
  if (zone.id === 'UTC') return '(UTC) Coordinated Universal Time';
  const winter = Math.min(zone.offsetAt(Date.UTC(2026, 0, 1)), zone.offsetAt(Date.UTC(2026, 6, 1))) / 60_000;
  const [hours, minutes] = [Math.floor(Math.abs(winter) / 60), Math.abs(winter) % 60];
  const offset = `${winter < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
  return `(UTC${winter === 0 ? '' : offset}) ${zone.id}`;
}

/** @throws ItemError ErrorTimeZone */
export function readZone(definition: XmlElement): Zone {
  const id = definition.attribute('Id');
  const zone = id === undefined ? undefined : findWindowsZone(id);
  if (zone === undefined) throw new ItemError('ErrorTimeZone', "The specified time zone isn't valid.");
  return zone;
}

/** Exchange 2007's way to name a zone: by its name alone, or with rules. @throws ItemError */
export function readMeetingZone(meetingZone: XmlElement): Zone {
  const name = meetingZone.attribute('TimeZoneName') ?? '';
  const zone = findWindowsZone(name);
  if (zone === undefined) throw new ItemError('ErrorCalendarInvalidTimeZone', 'The time zone is invalid.');
  return zone;
}

/** Zones are read before everything else (see `item-content.ts`), because times depend on them. */
export const zoneFields: readonly Field[] = [
  structured('calendar:MeetingTimeZone', () => '', { shape: 'asked', take: () => {} }),
  structured('calendar:StartTimeZone', ({ item }) => zoneXml('StartTimeZone', item.startZone), {
    take: (draft, definition) => void (draft.startZone = readZone(definition)),
  }),
  structured('calendar:EndTimeZone', ({ item }) => zoneXml('EndTimeZone', item.endZone), {
    take: (draft, definition) => void (draft.endZone = readZone(definition)),
  }),
];
