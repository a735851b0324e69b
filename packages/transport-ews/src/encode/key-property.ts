import { KEY_PROPERTY } from '@appointed/core';
import { element, textFrame, type Xml } from './element.js';

/** The named property that carries the key (element ExtendedFieldURI). */
export const KEY_FIELD: Xml = element('t:ExtendedFieldURI', {
  PropertySetId: KEY_PROPERTY.propertySetId,
  PropertyName: KEY_PROPERTY.name,
  PropertyType: 'String',
});

/** The property with a placement's key in it (element ExtendedProperty). */
export const keyProperty: (key: string) => Xml = textFrame((key) =>
  element('t:ExtendedProperty', {}, KEY_FIELD, element('t:Value', {}, key)),
);
