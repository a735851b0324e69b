/**
 * Where two values hold one and the same object that can be changed: a path, `requiredAttendees[0]`. What is frozen, and
 * objects of Temporal, may be shared.
 */
export function sharedPart(one: unknown, other: unknown, path = 'it'): string | undefined {
  if (!isObject(one) || !isObject(other)) return undefined;
  if (one === other && canBeChanged(one)) return path;
  for (const [name, part] of Object.entries(one)) {
    const inside = path === 'it' ? name : `${path}.${name}`;
    const shared = sharedPart(part, (other as Readonly<Record<string, unknown>>)[name], inside);
    if (shared !== undefined) return shared;
  }
  return undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function canBeChanged(value: object): boolean {
  if (value instanceof Date || ArrayBuffer.isView(value)) return true;
  return !Object.isFrozen(value) && !String(Object.prototype.toString.call(value)).startsWith('[object Temporal.');
}
