import { attributesIn, textOf } from './xml-markup.js';

/** An element of a response. Prefixes are dropped: servers choose their own. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** Its own text, without that of its children. */
  readonly text: string;
}

const NONE: readonly never[] = Object.freeze([]);
/** No tag is called so: it would begin with what no name holds. */
const BEFORE_ALL = { written: '<' };
const SPACE = 0x20;
const EXCLAMATION_MARK = 0x21;
const SLASH = 0x2f;
const GREATER_THAN = 0x3e;
const QUESTION_MARK = 0x3f;
const ATTRIBUTES = /(?:\s+(?:[^\s<>/="'&]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))?)*/y;

/** An element that is being read. */
class Open implements XmlElement {
  readonly name: string;
  /** Its name as it is written. */
  readonly written: string;
  children: readonly XmlElement[] | Open[] = NONE;
  text = '';
  readonly #source: string;
  readonly #from: number;
  readonly #to: number;

  /** @param from where its attributes begin in the source */
  constructor(written: string, source: string, from: number, to: number) {
    const colon = written.indexOf(':');
    this.name = colon < 0 ? written : written.slice(colon + 1);
    this.written = written;
    this.#source = source;
    this.#from = from;
    this.#to = to;
  }

  /** Read when they are asked for: of most elements nobody does. */
  get attributes(): Readonly<Record<string, string>> {
    return attributesIn(this.#source.slice(this.#from, this.#to));
  }

  append(child: Open): void {
    if (this.children === NONE) this.children = [child];
    else (this.children as Open[]).push(child);
  }
}

/**
 * Reads a document. Document type declarations are refused: no server needs them, and entities are where XML is used
 * for attacks. Of our own, since every answer is read: a parser for all of XML was a good part of the cost.
 * @throws Error if it is not well-formed, e.g. cut off
 */
export function parseXml(text: string): XmlElement {
  return new Reader(text).document();
}

class Reader {
  readonly #source: string;
  readonly #open: Open[] = [];
  /** The last that is open. */
  #parent: Open | undefined;
  #document: Open | undefined;
  #at = 0;

  constructor(source: string) {
    this.#source = source;
  }

  document(): XmlElement {
    const source = this.#source;
    for (let tag = source.indexOf('<'); tag >= 0; tag = source.indexOf('<', this.#at)) {
      if (tag > this.#at) this.#add(textOf(source.slice(this.#at, tag)));
      this.#at = tag;
      const code = source.charCodeAt(tag + 1);
      if (code === SLASH) this.#endTag();
      else if (code === EXCLAMATION_MARK) this.#section();
      else if (code === QUESTION_MARK) this.#behind('?>');
      else this.#startTag();
    }
    if (this.#at < source.length) this.#add(textOf(source.slice(this.#at)));
    if (this.#document === undefined || this.#parent !== undefined) throw new Error('the document does not end');
    return this.#document;
  }

  #startTag(): void {
    const source = this.#source;
    const from = this.#at + 1;
    const behindName = endOfName(source, from);
    if (behindName === from) throw new Error(`a name is missing at ${from}`);
    const to = endOfAttributes(source, behindName);
    const element = new Open(source.slice(from, behindName), source, behindName, to);
    this.#append(element);
    const isEmpty = source.charCodeAt(to) === SLASH;
    this.#at = isEmpty ? to + 1 : to;
    this.#endOfTag();
    if (isEmpty) return;
    this.#open.push(element);
    this.#parent = element;
  }

  #append(element: Open): void {
    if (this.#parent === undefined) {
      if (this.#document !== undefined) throw new Error('there are two documents');
      this.#document = element;
    } else this.#parent.append(element);
  }

  #endTag(): void {
    const source = this.#source;
    const from = this.#at + 2;
    const { written } = this.#open.pop() ?? BEFORE_ALL;
    const to = from + written.length;
    if (!source.startsWith(written, from) || isOfName(source.charCodeAt(to))) {
      throw new Error(`what ends at ${from} has not begun`);
    }
    this.#parent = this.#open[this.#open.length - 1];
    this.#at = endOfSpace(source, to);
    this.#endOfTag();
  }

  /** A comment, or a text that is meant literally. */
  #section(): void {
    if (this.#source.startsWith('<!--', this.#at)) return this.#behind('-->');
    const from = this.#at + '<![CDATA['.length;
    if (!this.#source.startsWith('<![CDATA[', this.#at)) throw new Error('a document type declaration');
    this.#behind(']]>');
    return this.#add(this.#source.slice(from, this.#at - ']]>'.length));
  }

  #add(text: string): void {
    if (this.#parent !== undefined) this.#parent.text += text;
    else if (text.trim() !== '') throw new Error('there is text outside the document');
  }

  #behind(token: string): void {
    const found = this.#source.indexOf(token, this.#at);
    if (found < 0) throw new Error(`${token} is missing`);
    this.#at = found + token.length;
  }

  #endOfTag(): void {
    if (this.#source.charCodeAt(this.#at) !== GREATER_THAN) throw new Error(`> is missing at ${this.#at}`);
    this.#at += 1;
  }
}

function endOfName(source: string, from: number): number {
  let at = from;
  while (isOfName(source.charCodeAt(at))) at += 1;
  return at;
}

/** Neither space nor what ends a name; at the end of the source there is none. */
function isOfName(code: number): boolean {
  switch (code) {
    case 0x22: // "
    case 0x26: // &
    case 0x27: // '
    case SLASH:
    case 0x3c: // <
    case 0x3d: // =
    case GREATER_THAN:
      return false;
    default:
      return code > SPACE;
  }
}

function endOfSpace(source: string, from: number): number {
  let at = from;
  while (source.charCodeAt(at) <= SPACE) at += 1;
  return at;
}

function endOfAttributes(source: string, from: number): number {
  if (source.charCodeAt(from) > SPACE) return from;
  ATTRIBUTES.lastIndex = from;
  ATTRIBUTES.test(source);
  return ATTRIBUTES.lastIndex;
}

/** The first child with a name. */
export function child(parent: XmlElement | undefined, name: string): XmlElement | undefined {
  if (parent === undefined) return undefined;
  for (const candidate of parent.children) if (candidate.name === name) return candidate;
  return undefined;
}

/** Every element below one, itself included, in document order. */
export function* within(element: XmlElement): Generator<XmlElement> {
  const waiting = [element];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    yield next;
    waiting.push(...next.children.toReversed());
  }
}
