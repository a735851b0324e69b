import type { Field } from './field.js';
import { type Layout, allLayouts, calendarItem } from './layouts.js';

const fieldsOf = ({ before, after }: Layout) => [...before, ...after];
const byUri = new Map(allLayouts.flatMap(fieldsOf).map((field) => [field.uri, field]));
const byElement = new Map(fieldsOf(calendarItem).map((field) => [`t:${field.element}`, field]));

export function fieldByUri(uri: string): Field | undefined {
  return byUri.get(uri);
}

/** A property of calendar items. @param element with its prefix: `t:Subject` */
export function fieldByElement(element: string): Field | undefined {
  return byElement.get(element);
}
