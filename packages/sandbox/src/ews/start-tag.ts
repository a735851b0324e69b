import type { Cursor } from './cursor.js';
import { Prefixes } from './prefixes.js';
import { XmlError } from './xml-error.js';
import { valueOf, copied } from './xml-text.js';

/** What a start tag says. */
export interface StartTag {
  /** The element's name as it is written. */
  readonly written: string;
  /** How the element ends, most of the time. */
  readonly endTag: string;
  /** The element's name as it is known here, whatever its prefix. */
  readonly name: string;
  /** Attributes by name, without declarations of namespaces; undefined if there are none. */
  readonly attributes: ReadonlyMap<string, string> | undefined;
  /** What prefixes stand for inside. */
  readonly prefixes: Prefixes;
  /** The element has no content, and no end tag. */
  readonly isEmpty: boolean;
}

/** An attribute as it is written. */
interface Written {
  readonly name: string;
  readonly value: string;
  readonly at: number;
}

/** Reads a start tag, from behind its `<` to behind its `>`. @throws XmlError */
export function readStartTag(cursor: Cursor, outer: Prefixes): StartTag {
  const { at } = cursor;
  const written = copied(cursor.name());
  const attributes = readAttributes(cursor);
  const isEmpty = cursor.isAt('/');
  if (isEmpty) cursor.at += 1;
  cursor.expect('>');
  const prefixes = declared(attributes, outer);
  return {
    written,
    endTag: copied(`</${written}>`),
    name: prefixes.expand(written, at),
    attributes: named(attributes, prefixes),
    prefixes,
    isEmpty,
  };
}

function readAttributes(cursor: Cursor): readonly Written[] {
  const attributes: Written[] = [];
  for (;;) {
    const isApart = cursor.space();
    if (cursor.isAt('>') || cursor.isAt('/')) return attributes;
    if (!isApart) throw cursor.unexpected('Expecting white space.');
    const { at } = cursor;
    const name = cursor.name();
    cursor.space();
    cursor.expect('=');
    cursor.space();
    attributes.push({ name, value: readValue(cursor), at });
  }
}

function readValue(cursor: Cursor): string {
  const quote = cursor.source.charAt(cursor.at);
  if (quote !== '"' && quote !== "'") throw cursor.unexpected(`The expected token is '"' or '''.`);
  const from = (cursor.at += 1);
  return valueOf(cursor.upTo(quote), from);
}

/** The prefix that an attribute declares, empty for the default namespace; undefined if it is no declaration. */
function declaredBy(name: string): string | undefined {
  if (name === 'xmlns') return '';
  return name.startsWith('xmlns:') ? name.slice('xmlns:'.length) : undefined;
}

function declared(attributes: readonly Written[], outer: Prefixes): Prefixes {
  let prefixes: Prefixes | undefined;
  for (const { name, value, at } of attributes) {
    const prefix = declaredBy(name);
    if (prefix !== undefined) (prefixes ??= new Prefixes(outer)).declare(prefix, value, at);
  }
  return prefixes ?? outer;
}

function named(attributes: readonly Written[], prefixes: Prefixes): ReadonlyMap<string, string> | undefined {
  let map: Map<string, string> | undefined;
  for (const { name, value, at } of attributes) {
    if (declaredBy(name) !== undefined) continue;
    // The default namespace is for elements alone.
    const key = name.includes(':') ? prefixes.expand(name, at) : name;
    map ??= new Map();
    if (map.has(key)) throw new XmlError(`'${name}' is a duplicate attribute name.`, at);
    map.set(key, key === 'xsi:type' ? typeName(value, prefixes) : copied(value));
  }
  return map;
}

/** A name as a value means what its prefix means there. */
function typeName(value: string, prefixes: Prefixes): string {
  const [name = '', prefix = ''] = value.trim().split(':').toReversed();
  return `{${prefixes.resolve(prefix)?.uri ?? ''}}${name}`;
}
