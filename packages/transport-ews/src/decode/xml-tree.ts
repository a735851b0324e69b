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
const NAME = /[^\s<>/="'&]+/y;
const ATTRIBUTES = /(?:\s+(?:[^\s<>/="'&]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))?)*/y;

/** An element that is being read. */
class Open implements XmlElement {
  readonly name: string;
  /** Its name as it is written. */
  readonly written: string;
  children: readonly XmlElement[] | Open[] = NONE;
  text = '';
  readonly #attributes: string;

  constructor(written: string, attributes: string) {
    this.name = written.slice(written.indexOf(':') + 1);
    this.written = written;
    this.#attributes = attributes;
  }

  /** Read when they are asked for: of most elements nobody does. */
  get attributes(): Readonly<Record<string, string>> {
    return attributesIn(this.#attributes);
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
  #document: Open | undefined;
  #at = 0;

  constructor(source: string) {
    this.#source = source;
  }

  document(): XmlElement {
    for (let tag = this.#upToTag(); tag >= 0; tag = this.#upToTag()) {
      switch (this.#source.charAt(tag + 1)) {
        case '/':
          this.#endTag();
          break;
        case '!':
          this.#section();
          break;
        case '?':
          this.#behind('?>');
          break;
        default:
          this.#startTag();
      }
    }
    if (this.#document === undefined || this.#open.length > 0) throw new Error('the document does not end');
    return this.#document;
  }

  /** Takes the text before the next tag. @returns where that is */
  #upToTag(): number {
    const tag = this.#source.indexOf('<', this.#at);
    const end = tag < 0 ? this.#source.length : tag;
    if (end > this.#at) this.#add(textOf(this.#source.slice(this.#at, end)));
    this.#at = end;
    return tag;
  }

  #startTag(): void {
    const from = this.#at + 1;
    NAME.lastIndex = from;
    if (!NAME.test(this.#source)) throw new Error(`a name is missing at ${from}`);
    const behindName = NAME.lastIndex;
    ATTRIBUTES.lastIndex = behindName;
    ATTRIBUTES.test(this.#source);
    this.#at = ATTRIBUTES.lastIndex;
    const element = new Open(this.#source.slice(from, behindName), this.#source.slice(behindName, this.#at));
    this.#append(element);
    const isEmpty = this.#source.charAt(this.#at) === '/';
    if (isEmpty) this.#at += 1;
    this.#expect('>');
    if (!isEmpty) this.#open.push(element);
  }

  #append(element: Open): void {
    const parent = this.#open.at(-1);
    if (parent === undefined) {
      if (this.#document !== undefined) throw new Error('there are two documents');
      this.#document = element;
    } else parent.append(element);
  }

  #endTag(): void {
    const from = this.#at + 2;
    this.#behind('>');
    const name = this.#source.slice(from, this.#at - 1).trimEnd();
    if (this.#open.pop()?.written !== name) throw new Error(`${name} ends, and has not begun`);
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
    const element = this.#open.at(-1);
    if (element !== undefined) element.text += text;
    else if (text.trim() !== '') throw new Error('there is text outside the document');
  }

  #behind(token: string): void {
    const found = this.#source.indexOf(token, this.#at);
    if (found < 0) throw new Error(`${token} is missing`);
    this.#at = found + token.length;
  }

  #expect(token: string): void {
    if (!this.#source.startsWith(token, this.#at)) throw new Error(`${token} is missing at ${this.#at}`);
    this.#at += token.length;
  }
}

/** The first child with a name. */
export function child(parent: XmlElement | undefined, name: string): XmlElement | undefined {
  return parent?.children.find((candidate) => candidate.name === name);
}

/** Every element below one, itself included, in document order. */
export function* within(element: XmlElement): Generator<XmlElement> {
  const waiting = [element];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    yield next;
    waiting.push(...next.children.toReversed());
  }
}
