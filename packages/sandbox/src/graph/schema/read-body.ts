import { isObject } from '../../json/fields.js';
import { GraphError } from '../graph-error.js';
import { parseDateTime } from '../times.js';
import { type BodyType, bodyType } from './body-types.js';

/** A body that keeps the schema: what only the server sets is left out, members of enumerations are spelt as there. */
export type Body = Readonly<Record<string, unknown>>;

/** Reads JSON and checks all of it. @throws GraphError BadRequest, RequestBodyRead, UnableToDeserializePostBody */
export function readBody(text: string, type: string): Body {
  return checked(parseJson(text), type) as Body;
}

/** What OData's readers bear. */
const DEEPEST = 100;

/** @throws GraphError BadRequest */
export function parseJson(text: string): unknown {
  try {
    const json: unknown = JSON.parse(text);
    if (isObject(json) && !isTooDeep(json)) return json;
  } catch {
    // It is refused below, as what is JSON and no object is, or nested without end.
  }
  const advice = 'Please ensure Content-Type header is set and payload is of valid JSON format.';
  throw new GraphError(400, 'BadRequest', `Unable to read JSON request payload. ${advice}`);
}

/** Level by level: whoever followed the nesting itself would run out of stack. */
function isTooDeep(json: object): boolean {
  let level: readonly object[] = [json];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEEPEST) return true;
    level = level
      .flatMap((value) => Object.values(value))
      .filter((value) => typeof value === 'object' && value !== null);
  }
  return false;
}

function checked(value: unknown, declared: string): unknown {
  const name = derived(value) ?? declared;
  const type = bodyType(name);
  if (value === null) return null;
  if (type === undefined) return checkPrimitive(value, name);
  return type instanceof Map ? checkObject(value, name, type) : checkMember(value, name, type as readonly string[]);
}

/** What an object says that it is: a file among attachments. */
function derived(value: unknown): string | undefined {
  return isObject(value) && value['@odata.type'] === '#microsoft.graph.fileAttachment' ? 'fileAttachment' : undefined;
}

function checkObject(value: unknown, name: string, type: Exclude<BodyType, readonly string[]>): Body {
  if (!isObject(value)) {
    const found = Array.isArray(value) ? 'StartArray' : 'PrimitiveValue';
    throw unreadable(
      `An unexpected '${found}' node was found when reading from the JSON reader. A 'StartObject' node was expected.`,
    );
  }
  const result: Record<string, unknown> = {};
  for (const [key, entry] of Object.entries(value)) {
    if (key.includes('@odata.')) {
      if (typeof entry === 'string') continue;
      throw new GraphError(400, 'BadRequest', `The annotation '${key}' must be a string.`);
    }
    const property = type.get(key);
    if (property === undefined) {
      const advice = 'Make sure to only use property names that are defined by the type or mark the type as open type.';
      throw unreadable(`The property '${key}' does not exist on type '${modelName(name)}'. ${advice}`);
    }
    const read = property.isList ? checkList(entry, property.type) : checked(entry, property.type);
    if (!property.isReadOnly) result[key] = read;
  }
  return result;
}

function checkList(value: unknown, type: string): unknown {
  if (value === null) return null;
  if (!Array.isArray(value)) {
    const found = isObject(value) ? 'StartObject' : 'PrimitiveValue';
    throw unreadable(
      `An unexpected '${found}' node was found when reading from the JSON reader. A 'StartArray' node was expected.`,
    );
  }
  return value.map((entry: unknown) => {
    if (entry !== null) return checked(entry, type);
    throw unreadable('A null value was found in a collection, which does not allow null values.');
  });
}

/** Members are taken in any case: `HTML` is `html`. */
function checkMember(value: unknown, name: string, members: readonly string[]): string {
  if (typeof value !== 'string') throw inconvertible(value, modelName(name));
  const member = members.find((known) => known.toLowerCase() === value.toLowerCase());
  if (member === undefined) throw unreadable(`Requested value '${value}' was not found.`);
  return member;
}

const DATE = /^\d{4}-\d\d-\d\d$/;

const PRIMITIVES: Readonly<Record<string, (value: unknown) => boolean>> = {
  String: (value) => typeof value === 'string',
  Boolean: (value) => typeof value === 'boolean',
  Int32: (value) => Number.isInteger(value) && Math.abs(value as number) <= 2_147_483_647,
  Double: (value) => typeof value === 'number',
  Binary: (value) => typeof value === 'string' && /^[A-Za-z0-9+/]*={0,2}$/.test(value) && value.length % 4 === 0,
  Date: (value) => typeof value === 'string' && DATE.test(value) && parseDateTime(value) !== undefined,
  DateTimeOffset: (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value)),
};

function checkPrimitive(value: unknown, type: string): unknown {
  if (PRIMITIVES[type]?.(value) === true) return value;
  // Dates are read before the others, by the gateway, which says less.
  if (type === 'Date' || type === 'DateTimeOffset') {
    throw new GraphError(400, 'UnableToDeserializePostBody', 'were unable to deserialize ');
  }
  throw inconvertible(value, `Edm.${type}`);
}

function inconvertible(value: unknown, type: string): GraphError {
  const literal = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return unreadable(`Cannot convert the literal '${literal}' to the expected type '${type}'.`);
}

function unreadable(message: string): GraphError {
  return new GraphError(400, 'RequestBodyRead', message);
}

/** Exchange's own name for the type, which its messages show. */
export function modelName(type: string): string {
  return `Microsoft.OutlookServices.${type.charAt(0).toUpperCase()}${type.slice(1)}`;
}
