import { FORBIDDEN } from './escape.js';
import { XmlError } from './xml-error.js';

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

const REFERENCE = String.raw`&(?:#x([0-9a-fA-F]+);|#([0-9]+);|([\w.\-]+);)?`;
const CHANGED_IN_TEXT = new RegExp(String.raw`\r\n?|${REFERENCE}`, 'g');
const CHANGED_IN_VALUES = new RegExp(String.raw`\r\n|[\t\r\n]|${REFERENCE}`, 'g');

/** @throws XmlError for the first character that XML 1.0 forbids */
export function checkCharacters(source: string): void {
  const at = source.search(FORBIDDEN);
  if (at >= 0) throw invalidCharacter(source.charAt(at), at);
}

/** Whether all text between tags means itself: that of most requests. */
export function isPlain(source: string): boolean {
  return !source.includes('&') && !source.includes('\r') && !source.includes(']]>');
}

/** What text between tags means. @param at where it stands in the source @throws XmlError */
export function textOf(raw: string, at: number): string {
  const end = raw.indexOf(']]>');
  if (end >= 0) throw new XmlError("']]>' is not allowed in character data.", at + end);
  return resolved(raw, at, CHANGED_IN_TEXT, '\n');
}

/** What an attribute's value means: its lines are spaces. @param at where it stands in the source @throws XmlError */
export function valueOf(raw: string, at: number): string {
  const tag = raw.indexOf('<');
  if (tag >= 0) throw new XmlError("'<', hexadecimal value 0x3C, is an invalid attribute character.", at + tag);
  return resolved(raw, at, CHANGED_IN_VALUES, ' ');
}

/** Lines end as XML wants them, whatever system they were written on. */
export function unixLines(raw: string): string {
  return raw.replaceAll(/\r\n?/g, '\n');
}

/** A text of its own, for what is kept: one that was cut out of a request keeps the whole request in memory. */
export function copied(text: string): string {
  return Buffer.from(text).toString();
}

function resolved(raw: string, at: number, changed: RegExp, space: string): string {
  return raw.replaceAll(changed, (what: string, hex?: string, decimal?: string, name?: string, offset = 0) => {
    if (!what.startsWith('&')) return space;
    return name === undefined ? character(hex, decimal, at + offset) : entity(name, at + offset);
  });
}

function entity(name: string, at: number): string {
  const meant = ENTITIES.get(name);
  if (meant === undefined) throw new XmlError(`Reference to undeclared entity '${name}'.`, at);
  return meant;
}

function character(hex: string | undefined, decimal: string | undefined, at: number): string {
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  if (Number.isNaN(code)) throw new XmlError('An error occurred while parsing EntityName.', at);
  const meant = code > 0x10ffff ? '\uffff' : String.fromCodePoint(code);
  if (FORBIDDEN.test(meant)) throw invalidCharacter(meant, at);
  return meant;
}

function invalidCharacter(text: string, at: number): XmlError {
  const code = text.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0');
  return new XmlError(`'${text}', hexadecimal value 0x${code}, is an invalid character.`, at);
}
