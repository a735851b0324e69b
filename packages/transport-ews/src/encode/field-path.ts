import { element, type Xml } from './element.js';

/** A property by its name in requests (element FieldURI): `calendar:Start`. */
export function fieldPath(uri: string): Xml {
  return element('t:FieldURI', { FieldURI: uri });
}
