import { calendarFields } from './calendar-fields.js';
import type { Field } from './field.js';
import { itemFieldsAfter, itemFieldsBefore } from './item-fields.js';

/** What comes before the extended properties in the schema's order. */
export const fieldsBefore: readonly Field[] = itemFieldsBefore;
/** What comes after them. */
export const fieldsAfter: readonly Field[] = [...itemFieldsAfter, ...calendarFields];

const everything = [...fieldsBefore, ...fieldsAfter];
const byUri = new Map(everything.map((field) => [field.uri, field]));
const byElement = new Map(everything.map((field) => [`t:${field.element}`, field]));

export function fieldByUri(uri: string): Field | undefined {
  return byUri.get(uri);
}

/** @param element with its prefix: `t:Subject` */
export function fieldByElement(element: string): Field | undefined {
  return byElement.get(element);
}
