import { internalized } from '../namespaces.js';
import { type SimpleType, simpleType } from './simple-types.js';

/**
 * The grammar's own notation, one line a type:
 *
 *     Attendee = Mailbox:EmailAddressType ResponseType:ResponseTypeType? LastResponseTime:dateTime?
 *
 * - `Name:Type` is an element; `?` at most one, `*` any number, `+` at least one.
 * - `t.Name:Type` is one of the types' namespace, in a request.
 * - `( A | B )` is a choice, `( A B )` a group; both take `?`, `*` and `+`.
 * - `@Name:Type` is an attribute; `!` makes it required.
 * - `=Type` is text of a simple type; `...Type` stands for all that another type has.
 * - `$Name` is one of the elements that a line `$Name = …` lists.
 * - `#` begins a line that explains.
 */
export type Particle =
  | {
      readonly kind: 'element';
      readonly name: string;
      /** Undefined for what is not looked into. */
      readonly type: () => ElementType | undefined;
      readonly min: number;
      readonly max: number;
    }
  | {
      readonly kind: 'choice' | 'sequence';
      readonly parts: readonly Particle[];
      readonly min: number;
      readonly max: number;
      /** Elements that it may begin with. */
      readonly first: ReadonlySet<string>;
    };

interface AttributeRule {
  readonly name: string;
  readonly type: SimpleType;
  readonly required: boolean;
}

export interface ElementType {
  /** The schema's name for it, with its namespace: `{http://…/types}BodyType`. */
  readonly name: string;
  readonly attributes: ReadonlyMap<string, AttributeRule>;
  /** What may be inside, in this order; empty if nothing. */
  readonly content: readonly Particle[];
  /** Where each element is in the content, if all are elements that may be left out: as those of items may. */
  readonly places: ReadonlyMap<string, number> | undefined;
  /** The simple type of its text; undefined if it has none. */
  readonly text: SimpleType | undefined;
}

const TOKENS = /\.\.\.[\w]+|[$@=]?(?:t\.)?[\w]+(?::[\w]+)?[!?*+]?|[()|][?*+]?/g;
const CARDINALITY: Readonly<Record<string, readonly [number, number]>> = {
  '?': [0, 1],
  '*': [0, Infinity],
  '+': [1, Infinity],
};

/** What a grammar is made of: lines by the name before `=`. */
export type Lines = ReadonlyMap<string, string>;

/** Finds a type by its name; undefined for what is not looked into. Asked late, since types hold each other. */
export type Types = (name: string) => ElementType | undefined;

/** Splits text into lines; one that is indented continues the line before. */
export function linesOf(text: string): Lines {
  const lines = new Map<string, string>();
  for (const line of text.replaceAll(/\n +/g, ' ').split('\n')) {
    const [, name, body] = /^([^\s#]+) = ?(.*)$/.exec(line) ?? [];
    if (name !== undefined && body !== undefined) lines.set(name, body);
  }
  return lines;
}

/** Reads one line. @param name the schema's, with its namespace @param prefix of its elements: `t:` or `m:` */
export function parseType(name: string, body: string, prefix: string, lines: Lines, types: Types): ElementType {
  return { name, ...new Reading(prefix, lines, types).type(body) };
}

class Reading {
  private readonly attributes = new Map<string, AttributeRule>();
  private text: SimpleType | undefined;

  constructor(
    private readonly prefix: string,
    private readonly lines: Lines,
    private readonly types: Types,
  ) {}

  type(body: string): Omit<ElementType, 'name'> {
    const content = this.parts([...body.matchAll(TOKENS)].map(([token]) => token));
    return { attributes: this.attributes, content, places: placesOf(content), text: this.text };
  }

  /** Reads up to the end or a closing parenthesis, and takes what it reads from the list. */
  private parts(tokens: string[]): Particle[] {
    const alternatives: Particle[][] = [[]];
    for (;;) {
      const token = tokens[0];
      if (token === undefined || token.startsWith(')')) break;
      tokens.shift();
      if (token === '|') alternatives.push([]);
      else alternatives.at(-1)?.push(...this.part(token, tokens));
    }
    if (alternatives.length === 1) return alternatives[0] ?? [];
    return [
      group(
        'choice',
        alternatives.map((parts) => (parts.length === 1 && parts[0] ? parts[0] : group('sequence', parts))),
      ),
    ];
  }

  private part(token: string, tokens: string[]): readonly Particle[] {
    if (token.startsWith('(')) {
      const parts = this.parts(tokens);
      const [min, max] = cardinalityOf(tokens.shift() ?? ')');
      const [only] = parts;
      return [
        only?.kind === 'choice' && parts.length === 1 ? { ...only, min, max } : group('sequence', parts, min, max),
      ];
    }
    if (token.startsWith('...'))
      return this.parts([...this.line(token.slice(3)).matchAll(TOKENS)].map(([part]) => part));
    if (token.startsWith('$')) {
      const [min, max] = cardinalityOf(token);
      const [choice] = this.parts([...this.line(token.replace(/[?*+]$/, '')).matchAll(TOKENS)].map(([part]) => part));
      if (choice?.kind !== 'choice') throw new Error(`${token} must list alternatives`);
      return [{ ...choice, min, max }];
    }
    return this.named(token);
  }

  /** An attribute, the type of the text, or an element. */
  private named(token: string): readonly Particle[] {
    const [name, type = 'string'] = token.replace(/[!?*+]$/, '').split(':');
    if (name === undefined) return [];
    if (name.startsWith('=')) this.text = simpleType(name.slice(1));
    else if (name.startsWith('@')) {
      this.attributes.set(name.slice(1), {
        name: name.slice(1),
        type: simpleType(type),
        required: token.endsWith('!'),
      });
    } else {
      const [min, max] = cardinalityOf(token);
      const full = name.startsWith('t.') ? `t:${name.slice(2)}` : this.prefix + name;
      return [{ kind: 'element', name: internalized(full), type: this.later(type), min, max }];
    }
    return [];
  }

  private later(name: string): () => ElementType | undefined {
    let type: ElementType | undefined;
    return () => (type ??= this.types(name));
  }

  private line(name: string): string {
    const line = this.lines.get(name);
    if (line === undefined) throw new Error(`the grammar has no line ${name}`);
    return line;
  }
}

function placesOf(content: readonly Particle[]): ReadonlyMap<string, number> | undefined {
  const places = new Map<string, number>();
  for (const [index, part] of content.entries()) {
    if (part.kind !== 'element' || part.min > 0 || places.has(part.name)) return undefined;
    places.set(part.name, index);
  }
  return places;
}

function cardinalityOf(token: string): readonly [number, number] {
  return CARDINALITY[token.at(-1) ?? ''] ?? [1, 1];
}

function group(kind: 'choice' | 'sequence', parts: readonly Particle[], min = 1, max = 1): Particle {
  return { kind, parts, min, max, first: new Set(firstOf(kind, parts)) };
}

function firstOf(kind: 'choice' | 'sequence', parts: readonly Particle[]): string[] {
  const names: string[] = [];
  for (const part of parts) {
    names.push(...(part.kind === 'element' ? [part.name] : part.first));
    if (kind === 'sequence' && part.min > 0) break;
  }
  return names;
}
