import { createReadStream } from 'node:fs';
import type { MailboxInput } from '@appointed/core';
import { parse } from 'csv-parse';

/** Reads a CSV file with the columns address and name, row by row. */
export async function* readMailboxes(file: URL): AsyncGenerator<MailboxInput> {
  const rows = createReadStream(file).pipe(parse({ columns: true, bom: true, trim: true }));
  for await (const { address, ...attributes } of rows as AsyncIterable<Record<string, string>>) {
    yield { smtp: address ?? '', attributes };
  }
}
