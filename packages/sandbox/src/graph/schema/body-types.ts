import { PUBLISHED_METADATA } from './published-metadata.js';

/** A property of a type. */
interface PropertyType {
  readonly type: string;
  readonly isList: boolean;
  /** The server alone sets it. */
  readonly isReadOnly: boolean;
}

/** Properties by name, or the members of an enumeration. */
export type BodyType = ReadonlyMap<string, PropertyType> | readonly string[];

const lines = new Map(
  PUBLISHED_METADATA.replaceAll(/\n +/g, ' ')
    .split('\n')
    .filter(Boolean)
    .map((line) => line.split(' = ') as [string, string]),
);

const types = new Map<string, BodyType>();

/** Reads its line when it is first asked for; undefined for primitive types. */
export function bodyType(name: string): BodyType | undefined {
  const line = lines.get(name);
  if (line === undefined) return undefined;
  let type = types.get(name);
  if (type === undefined) types.set(name, (type = parse(line)));
  return type;
}

/** Whether events have a property of that name, in any case. @returns its name */
export function eventProperty(name: string): string | undefined {
  return [...properties('event').keys()].find((known) => known.toLowerCase() === name.toLowerCase());
}

function properties(name: string): ReadonlyMap<string, PropertyType> {
  const type = bodyType(name);
  if (!(type instanceof Map)) throw new Error(`the schema has no type ${name} with properties`);
  return type;
}

function parse(line: string): BodyType {
  if (line.includes('|')) return line.split('|').map((member) => member.trim());
  const found = new Map<string, PropertyType>();
  for (const part of line.split(' ')) {
    if (part.startsWith('...')) {
      for (const [name, property] of properties(part.slice(3))) found.set(name, property);
      continue;
    }
    const [name = '', type = ''] = part.split(':');
    found.set(name, {
      type: type.replaceAll(/[*^]/g, ''),
      isList: type.includes('*'),
      isReadOnly: type.endsWith('^'),
    });
  }
  return found;
}
