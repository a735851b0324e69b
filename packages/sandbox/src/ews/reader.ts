import { Cursor } from './cursor.js';
import { endOfDeclaration } from './encoding.js';
import { Prefixes } from './prefixes.js';
import { type StartTag, readStartTag } from './start-tag.js';
import { XmlElement } from './xml-element.js';
import { XmlError } from './xml-error.js';
import { checkCharacters, copied, isPlain, textOf, unixLines } from './xml-text.js';

/** Deeper than any honest request; the stack of whatever walks the tree is safe. */
const MAX_DEPTH = 256;

/**
 * Reads XML 1.0 with namespaces into a tree, and refuses what is not well-formed. There are no entities but XML's five
 * and the numeric ones, and a document type is refused: nothing can expand, nothing outside can be read. Complaints are
 * worded like those of .NET's reader, which Exchange lets clients see. @throws XmlError
 */
export function readXml(source: string): XmlElement {
  checkCharacters(source);
  return new Reader(source).document();
}

/** Start tags that are remembered: more than clients write. When there are as many, all are forgotten. */
const MOST_TAGS = 2000;
const LONGEST_TAG = 1000;

let outermost = new Prefixes();
let remembered = 0;

class Reader {
  private readonly cursor: Cursor;
  private readonly isPlain: boolean;
  /** Names of the elements that have not ended, as they are written. */
  private readonly open: string[] = [];

  constructor(private readonly source: string) {
    this.cursor = new Cursor(source);
    this.isPlain = isPlain(source);
  }

  document(): XmlElement {
    const { cursor, source } = this;
    cursor.at = endOfDeclaration(source);
    this.outside();
    if (cursor.at === source.length) throw cursor.error('Root element is missing.');
    const root = this.element(outermost);
    this.outside();
    if (cursor.at < source.length) throw cursor.error('There are multiple root elements.');
    return root;
  }

  /** What may stand before and after the root: white space, comments and processing instructions. */
  private outside(): void {
    const { cursor } = this;
    for (;;) {
      cursor.space();
      if (cursor.isAt('<!--')) this.comment();
      else if (cursor.isAt('<?')) this.instruction();
      else if (cursor.isAt('<!DOCTYPE'))
        throw cursor.error('For security reasons DTD is prohibited in this XML document.');
      else if (cursor.isAt('<') || cursor.at === this.source.length) return;
      else throw cursor.error('Data at the root level is invalid.');
    }
  }

  private element(outer: Prefixes): XmlElement {
    const tag = this.startTag(outer);
    const element = new XmlElement(tag.name, tag.attributes, this.cursor.at);
    if (!tag.isEmpty) this.content(element, tag);
    element.end = this.cursor.at;
    return element;
  }

  /** Clients write the same start tags in every request, and to look one up costs a tenth of reading it. */
  private startTag(outer: Prefixes): StartTag {
    const { cursor, source } = this;
    if (this.open.length === MAX_DEPTH) throw cursor.error(`Elements are nested deeper than ${MAX_DEPTH}.`);
    const from = (cursor.at += 1);
    const end = source.indexOf('>', from);
    const text = end < 0 ? '' : source.slice(from, end);
    const known = outer.tags.get(text);
    if (known !== undefined) {
      cursor.at = end + 1;
      return known;
    }
    const tag = readStartTag(cursor, outer);
    // A value may hold what ends tags elsewhere.
    if (cursor.at === end + 1) remember(text, tag, outer);
    return tag;
  }

  /** Everything up to the end tag, and that. */
  private content(element: XmlElement, tag: StartTag): void {
    this.open.push(tag.written);
    for (;;) {
      this.text(element);
      switch (this.source.charAt(this.cursor.at + 1)) {
        case '/':
          this.endTag(tag);
          this.open.pop();
          return;
        case '!':
          element.text += this.section();
          break;
        case '?':
          this.instruction();
          break;
        default:
          element.append(this.element(tag.prefixes));
      }
    }
  }

  /** Everything up to the next tag. */
  private text(element: XmlElement): void {
    const { cursor, source } = this;
    const from = cursor.at;
    const end = source.indexOf('<', from);
    if (end < 0) throw this.unclosed();
    cursor.at = end;
    if (end === from) return;
    const raw = source.slice(from, end);
    element.text += this.isPlain ? raw : textOf(raw, from);
  }

  private endTag({ written, endTag }: StartTag): void {
    const { cursor, source } = this;
    const from = cursor.at;
    cursor.at = from + endTag.length;
    if (source.slice(from, cursor.at) === endTag) return;
    // White space may stand before its end.
    cursor.at = from + '</'.length;
    const { at } = cursor;
    const name = cursor.name();
    if (name !== written) throw new XmlError(`The '${written}' start tag does not match the end tag of '${name}'.`, at);
    cursor.space();
    cursor.expect('>');
  }

  /** @returns the text of a CDATA section; nothing for a comment */
  private section(): string {
    const { cursor } = this;
    if (cursor.isAt('<!--')) {
      this.comment();
      return '';
    }
    cursor.expect('<![CDATA[');
    return unixLines(cursor.upTo(']]>'));
  }

  private comment(): void {
    const { cursor } = this;
    cursor.expect('<!--');
    cursor.upTo('--');
    if (!cursor.isAt('>'))
      throw cursor.error("An XML comment cannot contain '--', and '-' cannot be the last character.");
    cursor.expect('>');
  }

  private instruction(): void {
    const { cursor } = this;
    cursor.expect('<?');
    const { at } = cursor;
    const target = cursor.name();
    if (target.includes(':') || target.toLowerCase() === 'xml') {
      throw new XmlError(`'${target}' is an invalid name for processing instructions.`, at);
    }
    if (!cursor.isAt('?>') && !cursor.space()) throw cursor.unexpected('Expecting white space.');
    cursor.upTo('?>');
  }

  private unclosed(): XmlError {
    const names = this.open.toReversed().join(', ');
    const text = `Unexpected end of file has occurred. The following elements are not closed: ${names}.`;
    return new XmlError(text, this.source.length);
  }
}

function remember(text: string, tag: StartTag, outer: Prefixes): void {
  if (text.length > LONGEST_TAG) return;
  if (remembered === MOST_TAGS) {
    outermost = new Prefixes();
    remembered = 0;
  }
  remembered += 1;
  outer.tags.set(copied(text), tag);
}
