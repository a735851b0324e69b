/** Is it an object that is nothing but its members? */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // Of another realm, too: a test runner or a vm has an Object of its own.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
