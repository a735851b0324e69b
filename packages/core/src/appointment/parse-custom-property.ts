import { KEY_PROPERTY } from '../placement/placement-key.js';
import type { CustomProperty, CustomPropertyName } from './custom-property.js';
import { parseMoment } from './parse-moment.js';
import { integerOf, listOf, recordWith, refuse, textOf, wordsOf } from './read-field.js';

const LONGEST_NAME = 255;
const GUID = /^\{?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}?$/;
const LEAST_INTEGER = -(2 ** 31);
const MOST_INTEGER = 2 ** 31 - 1;

/** Reads named properties. */
export function customPropertiesOf(value: unknown, field: string): readonly CustomProperty[] {
  const properties = listOf(value, field, customPropertyOf);
  // Servers do not agree on whether case makes another name.
  const ids = properties.map(({ propertySetId, name }) => `${propertySetId} ${name.toLowerCase()}`);
  const twice = properties.find((_property, index) => ids.indexOf(ids[index] ?? '') !== index);
  if (twice !== undefined) throw refuse(field, `has ${twice.name} of ${twice.propertySetId} twice`);
  return properties;
}

function customPropertyOf(input: unknown, field: string): CustomProperty {
  const { propertySetId, name, value } = recordWith(input, field, ['propertySetId', 'name', 'value']);
  return Object.freeze({
    propertySetId: propertySetOf(propertySetId, `${field}.propertySetId`),
    name: nameOf(name, `${field}.name`),
    ...valueOf(value, `${field}.value`),
  });
}

function propertySetOf(value: unknown, field: string): string {
  const [, guid] = GUID.exec(textOf(value, field).trim().toLowerCase()) ?? [];
  if (guid === undefined) throw refuse(field, 'is not a GUID');
  if (guid === KEY_PROPERTY.propertySetId) throw refuse(field, 'is the property set of Appointed, which is reserved');
  return guid;
}

function nameOf(value: unknown, field: string): string {
  const name = wordsOf(value, field, LONGEST_NAME);
  if (name !== name.trim()) throw refuse(field, 'begins or ends with a space');
  return name;
}

type TypedValue = CustomProperty extends infer P
  ? P extends CustomProperty
    ? Omit<P, keyof CustomPropertyName> & Pick<P, 'type'>
    : never
  : never;

function valueOf(value: unknown, field: string): TypedValue {
  if (typeof value === 'string') return { type: 'string', value: textOf(value, field) };
  if (typeof value === 'boolean') return { type: 'boolean', value };
  if (typeof value === 'number')
    return { type: 'integer', value: integerOf(value, field, LEAST_INTEGER, MOST_INTEGER) };
  if (typeof value !== 'object' || value === null) {
    throw refuse(field, 'is neither a string, a whole number, true or false, nor a moment');
  }
  const { epochMs, floating } = parseMoment(value, field);
  if (floating !== undefined)
    throw refuse(`${field}.timeZone`, 'must be a zone: only start and end can be in the mailbox’s own');
  return { type: 'time', value: new Date(epochMs).toISOString().replace('.000Z', 'Z') };
}
