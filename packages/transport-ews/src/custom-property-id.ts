import type { CustomPropertyName } from '@appointed/core';

/** Type MapiPropertyTypeType. */
export const PROPERTY_TYPE: Readonly<Record<CustomPropertyName['type'], string>> = {
  string: 'String',
  integer: 'Integer',
  boolean: 'Boolean',
  time: 'SystemTime',
};

/** The named property that lists the custom properties of an item. */
export const LIST_NAME = 'AppointedProperties';

const ID = /^(\w+) \{([0-9a-f-]{36})\} Name ([^]+)$/;

/** A property's name as a text, in the notation of Microsoft Graph: `String {guid} Name CostCenter`. */
export function customPropertyId({ type, propertySetId, name }: CustomPropertyName): string {
  return `${PROPERTY_TYPE[type]} {${propertySetId}} Name ${name}`;
}

/** The name again. @returns undefined for a text that is none */
export function customPropertyName(id: string): CustomPropertyName | undefined {
  const [, theirs, propertySetId, name] = ID.exec(id) ?? [];
  const types = Object.keys(PROPERTY_TYPE) as CustomPropertyName['type'][];
  const type = types.find((word) => PROPERTY_TYPE[word] === theirs);
  return type && propertySetId && name ? { type, propertySetId, name } : undefined;
}
