import { pipeline } from 'node:stream/promises';
import type { MailboxInput } from '@appointed/core';
import { parse } from 'csv-parse';
import { CommandError } from '../command-error.js';
import type { Layout } from './guess-format.js';
import type { ListOptions } from './list-options.js';
import { nameOfSource } from './open-source.js';
import { type Column, looksLikeMailbox, pickColumn } from './pick-column.js';
import { toMailbox } from './to-mailbox.js';

/**
 * The mailboxes of a table: CSV, TSV, or one in each line. Rows without any cell are passed over. A first row that holds a
 * mailbox is no head.
 * @throws CommandError `list_unreadable`, `column_unclear`
 */
export async function* tableRows(
  text: AsyncIterable<string>,
  { delimiter, format, skippedLines }: Layout,
  options: ListOptions,
): AsyncGenerator<MailboxInput> {
  let table: Table | undefined;
  let head: readonly string[] | undefined;
  for await (const cells of cellsOf(text, delimiter, skippedLines, options)) {
    if (table === undefined && head === undefined) {
      if (!cells.some(looksLikeMailbox)) {
        head = namesOf(cells);
        continue;
      }
      head = cells.map((_cell, index) => `${index + 1}`);
    }
    table ??= tableWith(head ?? [], cells, format === 'list' ? { ...options, column: undefined } : options);
    yield mailboxOf(table, cells);
  }
}

interface Table {
  readonly head: readonly string[];
  readonly column: Column;
}

function tableWith(
  head: readonly string[],
  firstRow: readonly string[],
  { column, kind }: { readonly column?: string | undefined; readonly kind?: ListOptions['kind'] },
): Table {
  // Of one column there is nothing to choose.
  if (head.length === 1) return { head, column: pickColumn(['mailbox'], firstRow, undefined, kind ?? kindIn(head)) };
  return { head, column: pickColumn(head, firstRow, column, kind) };
}

function kindIn([name = '']: readonly string[]): 'upn' | 'sid' | undefined {
  const plain = name.toLowerCase();
  return plain.includes('sid') ? 'sid' : plain === 'upn' || plain === 'userprincipalname' ? 'upn' : undefined;
}

async function* cellsOf(
  text: AsyncIterable<string>,
  delimiter: string,
  skippedLines: number,
  { source }: ListOptions,
): AsyncGenerator<readonly string[]> {
  const parser = parse({
    bom: true,
    delimiter,
    from_line: skippedLines + 1,
    trim: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
  });
  const fed = pipeline(text, parser);
  // Heard below, where the parser ends with it; and of no interest where nobody reads on.
  fed.catch(() => undefined);
  try {
    for await (const cells of parser as AsyncIterable<readonly string[]>) yield cells;
  } catch (cause) {
    if (cause instanceof CommandError) throw cause;
    const message = `${nameOfSource(source)}: ${cause instanceof Error ? cause.message : String(cause)}`;
    throw new CommandError('list_unreadable', message, 'Correct the line, or name the --format.', cause);
  }
  await fed;
}

/** Columns without a name are called by their number; of two with one name the second is called `name_2`. */
function namesOf(cells: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  return cells.map((cell, index) => {
    const name = cell === '' ? `${index + 1}` : cell;
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return count === 1 ? name : `${name}_${count}`;
  });
}

function mailboxOf({ head, column }: Table, cells: readonly string[]): MailboxInput {
  const attributes: Record<string, string> = {};
  for (const [index, cell] of cells.entries()) {
    if (index !== column.index) attributes[head[index] ?? `${index + 1}`] = cell;
  }
  return toMailbox(column.kind, cells[column.index] ?? '', attributes);
}
