import { type CustomPropertyName, KEY_PROPERTY } from '@appointed/core';

const TYPES: Readonly<Record<CustomPropertyName['type'], string>> = {
  string: 'String',
  integer: 'Integer',
  boolean: 'Boolean',
  time: 'SystemTime',
};

/** The named property that carries the placement's key. */
export const KEY_ID: string = customPropertyId({ ...KEY_PROPERTY, type: 'string' });

/**
 * The named property that lists the custom properties of an item by their ids: a server tells of those that it is asked
 * for. The transport of EWS has the same one.
 */
export const LIST_ID: string = `StringArray {${KEY_PROPERTY.propertySetId}} Name AppointedProperties`;

/** What Graph calls a named property: `String {guid} Name CostCenter`. */
export function customPropertyId({ type, propertySetId, name }: CustomPropertyName): string {
  return `${TYPES[type]} {${propertySetId}} Name ${name}`;
}

const ID = /^(\w+) \{([0-9a-f-]{36})\} Name ([^]+)$/;

/** The name again. @returns undefined for a text that is none */
export function customPropertyName(id: string): CustomPropertyName | undefined {
  const [, theirs, propertySetId, name] = ID.exec(id) ?? [];
  const type = (Object.keys(TYPES) as CustomPropertyName['type'][]).find((ours) => TYPES[ours] === theirs);
  return type && propertySetId && name ? { type, propertySetId, name } : undefined;
}
