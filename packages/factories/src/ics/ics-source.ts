import { readFileSync } from 'node:fs';
import { AppointedError } from '@appointed/core';

const MOST_SAID = 200; // characters of what the library says

/** Where the iCalendar text (RFC 5545) is: in a file, which is read once, or in a string. */
export type IcsSource =
  | { readonly file: string | URL; readonly text?: never }
  | { readonly text: string; readonly file?: never };

/** The text, less what products put around it. @throws AppointedError `invalid_options` */
export function icsText({ file, text }: IcsSource): string {
  if ((file === undefined) === (text === undefined)) throw invalidIcs('file', 'or text: give one of them');
  if (text !== undefined) return tidy(unfold(String(text)));
  // Unfolded as bytes: some products fold in the middle of a character.
  return tidy(decode(Buffer.from(unfold(read(file).toString('latin1')), 'latin1'), file));
}

/** What is wrong with the source. */
export function invalidIcs(field: string, complaint: string, cause?: unknown): AppointedError {
  return new AppointedError('invalid_options', `${field}: ${complaint}`, { field, cause });
}

/** What the library says of it, which may quote whole lines. */
export function notICalendar(cause: unknown): AppointedError {
  const said = cause instanceof Error ? cause.message : String(cause);
  return invalidIcs('text', `is not iCalendar: ${said.slice(0, MOST_SAID)}`, cause);
}

function read(file: string | URL | undefined): Buffer {
  try {
    return readFileSync(file ?? '');
  } catch (cause) {
    throw invalidIcs('file', `cannot be read: ${String(file)}`, cause);
  }
}

function decode(bytes: Buffer, file: string | URL | undefined): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw invalidIcs('file', `${String(file)} is not in UTF-8: save it so, or give its text`, cause);
  }
}

/** A long line goes on after a line break and a space or a tab. */
function unfold(text: string): string {
  return text.replaceAll(/(?:\r\n?|\n)[ \t]/g, '');
}

function tidy(text: string): string {
  const lines = text
    .replace(/^\uFEFF/, '')
    .replaceAll(/[\0-\x08\x0B\x0C\x0E-\x1F]/g, '')
    .split(/\r\n?|\n/);
  return lines.filter((line) => line.trim() !== '').join('\r\n');
}
