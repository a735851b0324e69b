/**
 * Custom (named) properties are known by one string, in the notation that Microsoft Graph made common:
 * `String {5f9c1a52-8d4e-4f0b-9a3e-6c7d21b0e8f4} Name AppointedKey`, `Integer {…} Id 0x8201`, `String 0x37`.
 */
export type PropertyName = string;

const interned = new Map<string, PropertyName>();

export function namedProperty(type: string, set: string, name: string): PropertyName {
  // Property names are compared as they are, sets in any case.
  return intern(`${type} {${set.toLowerCase()}} Name ${name}`);
}

export function numberedProperty(type: string, set: string, id: number): PropertyName {
  return intern(`${type} {${set.toLowerCase()}} Id 0x${id.toString(16)}`);
}

export function taggedProperty(type: string, tag: number): PropertyName {
  return intern(`${type} 0x${tag.toString(16)}`);
}

/** One string for all items, however many carry the property; bounded, since names come from outside. */
function intern(name: string): PropertyName {
  const known = interned.get(name);
  if (known !== undefined) return known;
  if (interned.size < 10_000) interned.set(name, name);
  return name;
}
