import { type CustomProperty, type CustomPropertyName, KEY_PROPERTY } from '@appointed/core';
import { customPropertyId, LIST_NAME, PROPERTY_TYPE } from '../custom-property-id.js';
import { element, textElement, type Xml } from './element.js';

/**
 * Which custom properties an item has: a list of their names beside them, since a server is asked for properties by name
 * and tells of no others.
 */
export const LIST_FIELD: Xml = element('t:ExtendedFieldURI', {
  PropertySetId: KEY_PROPERTY.propertySetId,
  PropertyName: LIST_NAME,
  PropertyType: 'StringArray',
});

/** What requests call a custom property (element ExtendedFieldURI). */
export function customField({ propertySetId, name, type }: CustomPropertyName): Xml {
  return element('t:ExtendedFieldURI', {
    PropertySetId: propertySetId,
    PropertyName: name,
    PropertyType: PROPERTY_TYPE[type],
  });
}

/** Custom properties and the list of them, as elements ExtendedProperty. */
export function customProperties(properties: readonly CustomProperty[] = []): readonly Xml[] {
  if (properties.length === 0) return [];
  return [...properties.map(written), list(properties)];
}

/**
 * What makes the custom properties of an item these: SetItemField, DeleteItemField.
 * @param before the names of those that it has
 */
export function customPropertyChanges(
  properties: readonly CustomProperty[],
  before: readonly CustomPropertyName[],
): readonly Xml[] {
  const ids = new Set(properties.map(customPropertyId));
  const gone = before.filter((name) => !ids.has(customPropertyId(name))).map(customField);
  if (properties.length === 0 && before.length > 0) gone.push(LIST_FIELD);
  return [
    ...gone.map((path) => element('t:DeleteItemField', {}, path)),
    ...properties.map((property) => set(customField(property), written(property))),
    ...(properties.length === 0 ? [] : [set(LIST_FIELD, list(properties))]),
  ];
}

function set(path: Xml, property: Xml): Xml {
  return element('t:SetItemField', {}, path, element('t:CalendarItem', {}, property));
}

function written(property: CustomProperty): Xml {
  return element('t:ExtendedProperty', {}, customField(property), textElement('t:Value', String(property.value)));
}

function list(properties: readonly CustomProperty[]): Xml {
  const ids = properties.map((property) => textElement('t:Value', customPropertyId(property)));
  return element('t:ExtendedProperty', {}, LIST_FIELD, element('t:Values', {}, ...ids));
}
