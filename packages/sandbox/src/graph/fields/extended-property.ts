import type { CalendarItem, PropertyValue } from '../../calendar/item.js';
import { type PropertyName, namedProperty, numberedProperty, taggedProperty } from '../../calendar/property-name.js';
import { globalObjectId } from '../../calendar/unique-id.js';
import { isWholeNumber, isWholeNumberType } from '../../calendar/whole-number.js';
import { GraphError, invalidValues } from '../graph-error.js';
import { parseDateTime, toTheSecond } from '../times.js';

const TYPES = 'ApplicationTime|Binary|Boolean|CLSID|Currency|Double|Float|Integer|Long|Short|String|SystemTime';
const GUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const NAME = new RegExp(
  String.raw`^(?<type>(?:${TYPES})(?:Array)?)\s+` +
    String.raw`(?:(?<tag>0x[0-9a-f]{1,4})|\{(?<set>${GUID})\}\s+(?:Name\s+(?<name>\S[^]*)|Id\s+(?<id>0x[0-9a-f]{1,8})))$`,
  'i',
);

/** PidLidGlobalObjectId and PidLidCleanGlobalObjectId, which the store makes of the UID. */
const MEETING = '6ed8da90-450b-101b-98da-00aa003f1305';
const GLOBAL_OBJECT_IDS = new Set([
  numberedProperty('Binary', MEETING, 0x3),
  numberedProperty('Binary', MEETING, 0x23),
]);

/** The property that an id means: `String {…} Name AppointedKey`, `Integer {…} Id 0x8201`, `String 0x37`. @throws GraphError */
export function propertyNamed(id: string): PropertyName {
  const { type = '', tag, set = '', name, id: number } = NAME.exec(id.trim())?.groups ?? {};
  const spelt = [...TYPES.split('|'), ...TYPES.split('|').map((known) => `${known}Array`)].find(
    (known) => known.toLowerCase() === type.toLowerCase(),
  );
  if (spelt === undefined) {
    throw new GraphError(
      400,
      'ErrorInvalidPropertyId',
      `PropertyId values may only be in one of the following formats: \
'MapiPropertyType namespaceGuid Name propertyName', 'MapiPropertyType namespaceGuid Id propertyId' or \
'MapiPropertyType propertyTag'.`,
    );
  }
  if (tag !== undefined) return taggedProperty(spelt, Number(tag));
  return name === undefined ? numberedProperty(spelt, set, Number(number)) : namedProperty(spelt, set, name);
}

export function valueOf(item: CalendarItem, name: PropertyName): PropertyValue | undefined {
  if (GLOBAL_OBJECT_IDS.has(name)) return globalObjectId(item.uid);
  return item.properties?.get(name);
}

/** Entries of single- or multiValueExtendedProperties as the store keeps them. @throws GraphError */
export function readProperties(entries: readonly unknown[]): [PropertyName, PropertyValue][] {
  return (entries as readonly { id?: unknown; value?: unknown }[]).map(({ id, value }) => {
    if (typeof id !== 'string') throw invalidValues();
    const name = propertyNamed(id);
    const type = name.slice(0, name.indexOf(' '));
    if (Array.isArray(value) !== type.endsWith('Array')) throw invalidValues();
    if (!Array.isArray(value)) return [name, normal(type, value)];
    return [name, value.map((entry: unknown) => normal(type.slice(0, -'Array'.length), entry))];
  });
}

const CHECKS: Readonly<Record<string, (text: string) => boolean>> = {
  Boolean: (text) => /^(true|false)$/i.test(text),
  CLSID: (text) => new RegExp(`^${GUID}$`, 'i').test(text),
  Binary: (text) => text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text),
  SystemTime: (text) => parseDateTime(text) !== undefined,
};

/** A value in its type's own spelling, which is EWS's too. @throws GraphError */
function normal(type: string, value: unknown): string {
  if (typeof value !== 'string') throw invalidValues();
  if (type === 'String') return value;
  const text = value.trim();
  const holds = CHECKS[type] ?? ((number: string) => number !== '' && Number.isFinite(Number(number)));
  if (isWholeNumberType(type) ? !isWholeNumber(type, text) : !holds(text)) throw invalidValues();
  if (type === 'SystemTime') return toTheSecond(parseDateTime(text)?.time ?? 0);
  return type === 'Boolean' || type === 'CLSID' ? text.toLowerCase() : text;
}
