import { XmlError } from './xml-error.js';

// Names of "Namespaces in XML 1.0": no colon but the one after the prefix.
const START =
  String.raw`A-Z_a-z\xC0-\xD6\xD8-\xF6\xF8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C\u200D\u2070-\u218F\u2C00-\u2FEF` +
  String.raw`\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\u{10000}-\u{EFFFF}`;
const NAME = String.raw`[${START}][${START}\-.0-9\xB7\u0300-\u036F\u203F\u2040]*`;
const QUALIFIED_NAME = new RegExp(`${NAME}(?::${NAME})?`, 'uy');
const SPACE = /[ \t\r\n]*/y;

/** A place in a source, which moves on as the source is read. */
export class Cursor {
  at = 0;

  constructor(readonly source: string) {}

  isAt(token: string): boolean {
    return this.source.startsWith(token, this.at);
  }

  expect(token: string): void {
    if (!this.isAt(token)) throw this.unexpected(`The expected token is '${token}'.`);
    this.at += token.length;
  }

  /** Goes on behind the next such token. @returns what stands before it */
  upTo(token: string): string {
    const from = this.at;
    const end = this.source.indexOf(token, from);
    if (end < 0) {
      this.at = this.source.length;
      throw this.unexpected(`The expected token is '${token}'.`);
    }
    this.at = end + token.length;
    return this.source.slice(from, end);
  }

  /** @returns whether there is any */
  space(): boolean {
    const from = this.at;
    SPACE.lastIndex = from;
    SPACE.test(this.source);
    this.at = SPACE.lastIndex;
    return this.at > from;
  }

  /** A name with its prefix, if it has one, as it is written. */
  name(): string {
    const from = this.at;
    QUALIFIED_NAME.lastIndex = from;
    if (!QUALIFIED_NAME.test(this.source)) throw this.unexpected('A name is expected.');
    this.at = QUALIFIED_NAME.lastIndex;
    return this.source.slice(from, this.at);
  }

  unexpected(advice: string): XmlError {
    if (this.at >= this.source.length) return this.error('Unexpected end of file has occurred.');
    return this.error(`'${this.source.charAt(this.at)}' is an unexpected token. ${advice}`);
  }

  error(message: string): XmlError {
    return new XmlError(message, this.at);
  }
}
