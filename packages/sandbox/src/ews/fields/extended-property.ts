import type { CalendarItem, PropertyValue } from '../../calendar/item.js';
import { type PropertyName, namedProperty, numberedProperty, taggedProperty } from '../../calendar/property-name.js';
import { globalObjectId } from '../../calendar/unique-id.js';
import { isWholeNumber, isWholeNumberType } from '../../calendar/whole-number.js';
import { element, escapeAttribute } from '../escape.js';
import { ItemError } from '../fault.js';
import type { XmlElement } from '../xml-element.js';
import { copied } from '../xml-text.js';
import { formatDateTime, parseBoolean, parseDateTime } from '../xml-values.js';
import type { Comparable } from './field.js';

/** The property sets that EWS has names for. */
const PROPERTY_SETS: Readonly<Record<string, string>> = {
  Meeting: '6ed8da90-450b-101b-98da-00aa003f1305',
  Appointment: '00062002-0000-0000-c000-000000000046',
  Common: '00062008-0000-0000-c000-000000000046',
  PublicStrings: '00020329-0000-0000-c000-000000000046',
  Address: '00062004-0000-0000-c000-000000000046',
  InternetHeaders: '00020386-0000-0000-c000-000000000046',
  CalendarAssistant: '11000e07-b51b-40d6-af21-caa85edab1d0',
  UnifiedMessaging: '4442858e-a9e3-4e80-b900-317a210cc15b',
  Task: '00062003-0000-0000-c000-000000000046',
  Sharing: '00062040-0000-0000-c000-000000000046',
};

const MEETING = PROPERTY_SETS['Meeting'] ?? '';
const GLOBAL_OBJECT_IDS = new Set([
  numberedProperty('Binary', MEETING, 0x3),
  numberedProperty('Binary', MEETING, 0x23),
]);

const CANNOT_BE_USED = new Set(['Error', 'Null', 'Object', 'ObjectArray']);

/** The property that an ExtendedFieldURI means. @throws ItemError ErrorInvalidExtendedProperty */
export function propertyName(uri: XmlElement): PropertyName {
  const type = uri.attribute('PropertyType') ?? '';
  const tag = uri.attribute('PropertyTag');
  const set = uri.attribute('PropertySetId');
  const wellKnownSet = uri.attribute('DistinguishedPropertySetId');
  const name = uri.attribute('PropertyName');
  const id = uri.attribute('PropertyId');
  if (CANNOT_BE_USED.has(type)) {
    throw new ItemError('ErrorUnsupportedMapiPropertyType', 'Unsupported Mapi property type.');
  }
  const isTagged = tag !== undefined && [set, wellKnownSet, name, id].every((attribute) => attribute === undefined);
  const isNamed =
    tag === undefined &&
    (set === undefined) !== (wellKnownSet === undefined) &&
    (name === undefined) !== (id === undefined);
  if (isTagged) return taggedProperty(type, Number(tag));
  if (!isNamed) {
    const text = 'The extended property attribute combination is invalid.';
    throw new ItemError('ErrorInvalidExtendedProperty', text, pathXml(uri));
  }
  const guid = set ?? PROPERTY_SETS[wellKnownSet ?? ''] ?? '';
  return name === undefined ? numberedProperty(type, guid, Number(id)) : namedProperty(type, guid, name);
}

/** The ExtendedFieldURI again, attribute by attribute as it came. */
function pathXml(uri: XmlElement): string {
  const attributes = [...(uri.attributes ?? [])].map(([key, value]) => ` ${key}="${escapeAttribute(value)}"`);
  return `<t:ExtendedFieldURI${attributes.join('')}/>`;
}

export function readProperty(property: XmlElement): [PropertyName, PropertyValue] {
  const uri = property.required('t:ExtendedFieldURI');
  const name = propertyName(uri);
  const type = uri.attribute('PropertyType') ?? '';
  const values = property.child('t:Values');
  if ((values !== undefined) !== type.endsWith('Array')) {
    const text = 'The extended property value does not fit its type: arrays take Values, others take Value.';
    throw new ItemError('ErrorInvalidExtendedPropertyValue', text, pathXml(uri));
  }
  if (values === undefined) return [name, normal(type, property.required('t:Value').text, uri)];
  return [name, values.children.map((value) => normal(type.slice(0, -'Array'.length), value.text, uri))];
}

export function valueOf(item: CalendarItem, name: PropertyName): PropertyValue | undefined {
  if (GLOBAL_OBJECT_IDS.has(name)) return globalObjectId(item.uid);
  return item.properties?.get(name);
}

export function propertyXml(uri: XmlElement, value: PropertyValue): string {
  const content =
    typeof value === 'string'
      ? element('t:Value', value)
      : `<t:Values>${value.map((entry) => element('t:Value', entry)).join('')}</t:Values>`;
  return `<t:ExtendedProperty>${pathXml(uri)}${content}</t:ExtendedProperty>`;
}

/** What a value is compared by: numbers as numbers, times as times. */
export function comparable(type: string, value: PropertyValue | undefined): Comparable {
  if (typeof value !== 'string') return value;
  if (NUMBERS.test(type)) return Number(value);
  if (type === 'SystemTime') return parseDateTime(value)?.time;
  return type === 'Boolean' ? parseBoolean(value) : value;
}

const NUMBERS = /^(Integer|Long|Short|Currency|Double|Float|ApplicationTime)$/;
const GUID = /^\{?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?$/i;

/** A value in its type's own spelling. @throws ItemError ErrorInvalidExtendedPropertyValue */
function normal(type: string, text: string, uri: XmlElement): string {
  const trimmed = text.trim();
  const refuse = (): never => {
    const message = `The extended property value is not a valid ${type}.`;
    throw new ItemError('ErrorInvalidExtendedPropertyValue', message, pathXml(uri));
  };
  if (type === 'String') return copied(text);
  if (isWholeNumberType(type)) return isWholeNumber(type, trimmed) ? trimmed : refuse();
  if (NUMBERS.test(type)) return trimmed !== '' && Number.isFinite(Number(trimmed)) ? trimmed : refuse();
  if (type === 'Boolean') return /^(true|false|0|1)$/.test(trimmed) ? String(parseBoolean(trimmed)) : refuse();
  if (type === 'CLSID') return GUID.test(trimmed) ? trimmed.replaceAll(/[{}]/g, '').toLowerCase() : refuse();
  if (type === 'Binary') return isBase64(trimmed) ? trimmed : refuse();
  if (type !== 'SystemTime') return text;
  const time = parseDateTime(trimmed);
  return time === undefined ? refuse() : formatDateTime(time.time);
}

function isBase64(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}
