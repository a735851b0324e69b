import type { MailboxInput } from '@appointed/core';
import { decodeText } from './decode-text.js';
import { guessLayout } from './guess-format.js';
import { jsonRows } from './json-rows.js';
import type { ListFormat, ListOptions } from './list-options.js';
import { nameOfSource, openSource } from './open-source.js';
import { tableRows } from './table-rows.js';

/** So much is looked at to guess how a list is written down. */
const GLANCE = 64 * 1024;

/**
 * Reads a list of mailboxes, row by row, as it is asked for them.
 * @throws CommandError `file_failed`, `list_unreadable`, `column_unclear`
 */
export async function* readMailboxes(options: ListOptions): AsyncGenerator<MailboxInput> {
  const { source, encoding } = options;
  const text = decodeText(openSource(source), nameOfSource(source), encoding);
  const { glance, all } = await look(text);
  const [first = '', second = ''] = glance
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '');
  const layout = guessLayout(first, second, options.format ?? formatOfName(source));
  yield* layout.format === 'jsonl' ? jsonRows(all, options) : tableRows(all, layout, options);
}

function formatOfName(source: string): ListFormat | undefined {
  if (/\.(jsonl|ndjson)$/i.test(source)) return 'jsonl';
  return /\.tsv$/i.test(source) ? 'tsv' : undefined;
}

/** The beginning of a text, and the whole of it, which is read once. */
async function look(text: AsyncGenerator<string>): Promise<{ glance: string; all: AsyncIterable<string> }> {
  const chunks: string[] = [];
  let length = 0;
  let lines = 0;
  while (length < GLANCE && lines < 2) {
    const { value, done } = await text.next();
    if (done === true) break;
    chunks.push(value);
    length += value.length;
    lines += value.split('\n').filter((line) => line.trim() !== '').length - 1;
  }
  return { glance: chunks.join(''), all: joined(chunks, text) };
}

async function* joined(chunks: readonly string[], rest: AsyncIterable<string>): AsyncGenerator<string> {
  yield* chunks;
  yield* rest;
}
