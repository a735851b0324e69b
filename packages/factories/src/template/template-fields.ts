import { AppointedError, type Mailbox } from '@appointed/core';
import { isPlainObject } from '../content/plain-object.js';
import { htmlText } from './html-text.js';

const FIELD = /\{\{\s*([^{}]*?)\s*\}\}/g;

/** What a part of a template becomes, and where it stands: `body.html`. */
type FillText = (text: string, path: string) => string;

/** A copy of a template with every string filled in. */
function fillTexts(value: unknown, fill: FillText, path = ''): unknown {
  if (typeof value === 'string') return fill(value, path);
  if (Array.isArray(value)) return value.map((part, n) => fillTexts(part, fill, `${path}[${n}]`));
  if (value instanceof Uint8Array) return Uint8Array.from(value);
  if (!isPlainObject(value)) return value;
  const within = (name: string): string => (path === '' ? name : `${path}.${name}`);
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, fillTexts(part, fill, within(name))]));
}

/** Has the template fields? @throws AppointedError `invalid_options` for one that does not end, or names nothing */
export function hasFields(template: unknown): boolean {
  let found = false;
  fillTexts(template, (text, path) => {
    for (const [, name] of text.matchAll(FIELD)) {
      if (name === '') throw wrongField(path, 'has a field without a name');
      found = true;
    }
    if (text.replaceAll(FIELD, '').includes('{{')) throw wrongField(path, 'has a field that does not end with }}');
    return text;
  });
  return found;
}

/**
 * The template with the mailbox's attributes in its fields. A value is never read as a field again, and in HTML never as
 * markup.
 * @throws AppointedError `invalid_appointment` for a field that the mailbox has no attribute of
 */
export function fillIn(template: unknown, { attributes, id }: Mailbox): unknown {
  return fillTexts(template, (text, path) =>
    text.replaceAll(FIELD, (_whole, name: string) => {
      const value = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
      if (value === undefined) throw withoutAttribute(id, name, path);
      return isHtml(path) ? htmlText(value) : value;
    }),
  );
}

/** Bodies are HTML where they say so, in whatever language. */
function isHtml(path: string): boolean {
  return /^body(?:\..*)?\.html$/.test(path);
}

function wrongField(field: string, complaint: string): AppointedError {
  return new AppointedError('invalid_options', `${field} ${complaint}`, { field });
}

function withoutAttribute(mailbox: string, name: string, field: string): AppointedError {
  return new AppointedError(
    'invalid_appointment',
    `${mailbox}: ${field} has {{${name}}}, an attribute that it has not`,
    {
      mailbox,
      field,
      hint: `Give the mailbox the attribute ${name}, which may be empty, or take the field out of the template.`,
    },
  );
}
