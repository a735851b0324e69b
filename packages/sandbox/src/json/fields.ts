/** Takes a JSON value for what it should be. @throws TypeError that begins with `where` */
export type Reader<T> = (value: unknown, where: string) => T;

/** A field that may be left out. */
export interface Optional<T> {
  readonly optional: Reader<T>;
}

/** A reader for every field of T, so that none is forgotten when T grows. */
export type Fields<T> = {
  readonly [K in keyof T]-?: object extends Pick<T, K> ? Optional<Exclude<T[K], undefined>> : Reader<T[K]>;
};

export function optional<T>(read: Reader<T>): Optional<T> {
  return { optional: read };
}

export const text: Reader<string> = (value, where) => {
  if (typeof value !== 'string') throw new TypeError(`${where}: must be a string`);
  return value;
};

/** A string with something in it. */
export const word: Reader<string> = (value, where) => {
  if (text(value, where) === '') throw new TypeError(`${where}: must not be empty`);
  return text(value, where);
};

export const flag: Reader<boolean> = (value, where) => {
  if (typeof value !== 'boolean') throw new TypeError(`${where}: must be true or false`);
  return value;
};

export function number(min: number, max: number): Reader<number> {
  return (value, where) => {
    if (typeof value !== 'number' || !(value >= min && value <= max)) {
      throw new TypeError(`${where}: must be a number from ${min} to ${max}`);
    }
    return value;
  };
}

export function integer(min: number, max: number): Reader<number> {
  return (value, where) => {
    if (!Number.isInteger(value) || (value as number) < min || (value as number) > max) {
      throw new TypeError(`${where}: must be a whole number from ${min} to ${max}`);
    }
    return value as number;
  };
}

export function oneOf<const T extends string>(...known: readonly T[]): Reader<T> {
  return (value, where) => {
    const found = known.find((entry) => entry === value);
    if (found === undefined)
      throw new TypeError(`${where}: must be ${known.map((entry) => `"${entry}"`).join(' or ')}`);
    return found;
  };
}

export function listOf<T>(read: Reader<T>): Reader<readonly T[]> {
  return (value, where) => {
    if (!Array.isArray(value)) throw new TypeError(`${where}: must be a list`);
    return value.map((entry, index) => read(entry, `${where}[${index}]`));
  };
}

/** One of two shapes, told apart by a look at the value. */
export function either<A, B>(isFirst: (value: unknown) => boolean, first: Reader<A>, second: Reader<B>): Reader<A | B> {
  return (value, where) => (isFirst(value) ? first(value, where) : second(value, where));
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An object with these fields and no others. */
export function object<T extends object>(fields: Fields<T>): Reader<T> {
  const readers = new Map<string, Reader<unknown> | Optional<unknown>>(Object.entries(fields));
  return (value, where) => {
    if (!isObject(value)) throw new TypeError(`${where === '' ? 'the body' : where}: must be an object`);
    const at = (key: string) => (where === '' ? key : `${where}.${key}`);
    for (const key of Object.keys(value)) {
      if (readers.has(key)) continue;
      throw new TypeError(`${at(key)}: is unknown; known are ${[...readers.keys()].join(', ')}`);
    }
    const result: Record<string, unknown> = {};
    for (const [key, reader] of readers) {
      const given = value[key];
      if (given === undefined) {
        if (typeof reader === 'function') throw new TypeError(`${at(key)}: is missing`);
        continue;
      }
      result[key] = typeof reader === 'function' ? reader(given, at(key)) : reader.optional(given, at(key));
    }
    return result as T;
  };
}
