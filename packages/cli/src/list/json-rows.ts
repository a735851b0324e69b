import type { MailboxInput, MailboxKind } from '@appointed/core';
import { CommandError } from '../command-error.js';
import type { ListOptions } from './list-options.js';
import { nameOfSource } from './open-source.js';
import { type Column, pickColumn } from './pick-column.js';
import { toMailbox } from './to-mailbox.js';

const KINDS: readonly MailboxKind[] = ['smtp', 'upn', 'sid'];

/**
 * The mailboxes of JSON lines: an address as a string, an object as core takes it, or an object whose fields are columns.
 * @throws CommandError `list_unreadable`, `column_unclear`
 */
export async function* jsonRows(text: AsyncIterable<string>, options: ListOptions): AsyncGenerator<MailboxInput> {
  let column: string | undefined;
  let kind: MailboxKind | undefined;
  for await (const { value, number } of values(text, options)) {
    if (typeof value === 'string') {
      yield toMailbox(options.kind ?? 'smtp', value, {});
      continue;
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw refuse(options, number, 'is no object');
    if (isMailboxInput(value)) {
      yield value;
      continue;
    }
    const cells = Object.entries(value).map(([name, cell]) => [name, textOf(cell)] as const);
    if (column === undefined) {
      const picked = pick(cells, options);
      [column, kind] = [cells[picked.index]?.[0], picked.kind];
    }
    const others = cells.filter(([name]) => name !== column);
    yield toMailbox(kind ?? 'smtp', cells.find(([name]) => name === column)?.[1] ?? '', Object.fromEntries(others));
  }
}

function pick(cells: readonly (readonly [string, string])[], { column, kind }: ListOptions): Column {
  const names = cells.map(([name]) => name);
  const first = cells.map(([, cell]) => cell);
  return pickColumn(names, first, column, kind);
}

function isMailboxInput(value: object): value is Exclude<MailboxInput, string> {
  const fields = Object.keys(value);
  const kinds = fields.filter((name) => (KINDS as readonly string[]).includes(name));
  return kinds.length === 1 && fields.every((name) => name === kinds[0] || name === 'attributes');
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

async function* values(
  text: AsyncIterable<string>,
  options: ListOptions,
): AsyncGenerator<{ readonly value: unknown; readonly number: number }> {
  let number = 0;
  for await (const line of lines(text)) {
    number += 1;
    if (line.trim() !== '') yield { value: parseLine(line, number, options), number };
  }
}

async function* lines(text: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of text) {
    const parts = (rest + chunk.replace(/^\ufeff/, '')).split('\n');
    rest = parts.pop() ?? '';
    yield* parts;
  }
  if (rest !== '') yield rest;
}

function parseLine(line: string, number: number, options: ListOptions): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw refuse(options, number, 'is no JSON', cause);
  }
}

function refuse({ source }: ListOptions, line: number, complaint: string, cause?: unknown): CommandError {
  const message = `${nameOfSource(source)}: line ${line} ${complaint}`;
  return new CommandError('list_unreadable', message, 'Write one address, or one object, in each line.', cause);
}
