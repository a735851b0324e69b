import type { CustomProperty, CustomPropertyName } from '@appointed/core';
import { customPropertyName, LIST_NAME, PROPERTY_TYPE } from '../custom-property-id.js';
import { child, type XmlElement } from './xml-tree.js';

/** The names of the custom properties of an item, from the list that was saved beside them. */
export function customPropertyNames(item: XmlElement): readonly CustomPropertyName[] {
  const list = extendedProperties(item).find(({ uri }) => uri['PropertyName'] === LIST_NAME);
  const ids = child(list?.element, 'Values')?.children ?? [];
  return ids.flatMap(({ text }) => customPropertyName(text) ?? []);
}

/** Custom properties of an item, as far as it has them. */
export function customPropertiesIn(
  item: XmlElement,
  names: readonly CustomPropertyName[],
): readonly CustomProperty[] | undefined {
  const all = extendedProperties(item);
  const found = names.flatMap((name) => {
    const property = all.find(({ uri }) => isCalled(uri, name));
    const value = child(property?.element, 'Value');
    return value === undefined ? [] : [valued(name, value.text)];
  });
  return found.length === 0 ? undefined : found;
}

interface ExtendedProperty {
  readonly element: XmlElement;
  /** The attributes of its ExtendedFieldURI. */
  readonly uri: Readonly<Record<string, string>>;
}

function extendedProperties(item: XmlElement): readonly ExtendedProperty[] {
  return item.children
    .filter(({ name }) => name === 'ExtendedProperty')
    .map((element) => ({ element, uri: child(element, 'ExtendedFieldURI')?.attributes ?? {} }));
}

function isCalled(uri: ExtendedProperty['uri'], { propertySetId, name, type }: CustomPropertyName): boolean {
  return (
    uri['PropertySetId']?.toLowerCase() === propertySetId &&
    uri['PropertyName'] === name &&
    uri['PropertyType'] === PROPERTY_TYPE[type]
  );
}

function valued({ type, ...name }: CustomPropertyName, text: string): CustomProperty {
  switch (type) {
    case 'string':
      return { ...name, type, value: text };
    case 'integer':
      return { ...name, type, value: Number(text) };
    case 'boolean':
      return { ...name, type, value: text.trim() === 'true' };
    case 'time':
      return { ...name, type, value: inUtc(text.trim()) };
  }
}

function inUtc(time: string): string {
  const epochMs = Math.floor(Date.parse(time) / 1000) * 1000;
  return Number.isNaN(epochMs) ? time : new Date(epochMs).toISOString().replace('.000Z', 'Z');
}
