import type { Field } from './field.js';
import { allLayouts } from './layouts.js';

const everything = allLayouts.flatMap(({ before, after }) => [...before, ...after]);
const byUri = new Map(everything.map((field) => [field.uri, field]));
const byElement = new Map(everything.map((field) => [`t:${field.element}`, field]));

export function fieldByUri(uri: string): Field | undefined {
  return byUri.get(uri);
}

/** @param element with its prefix: `t:Subject` */
export function fieldByElement(element: string): Field | undefined {
  return byElement.get(element);
}
