import { join } from 'node:path';
import type { FieldDigests } from '@appointed/core';
import { sqliteLedger } from '@appointed/ledger-sqlite';
import Database from 'libsql';
import { expect, it } from 'vitest';
import { begin, RUN } from './run.js';
import { temporaryDirectory } from './temporary-ledger.js';

/** The numbers of fields in the file. They may grow in number; one that changes makes old files lie. */
const NUMBERS = {
  subject: 1,
  body: 2,
  start: 3,
  end: 4,
  location: 5,
  requiredAttendees: 6,
  optionalAttendees: 7,
  resources: 8,
  reminder: 9,
  showAs: 10,
  sensitivity: 11,
  importance: 12,
  categories: 13,
};

it('stores the digest of each field as its number and six bytes', async () => {
  const names = Object.keys(NUMBERS);
  const written = Object.fromEntries(names.map((name, n) => [name, n.toString(16).repeat(12)]));
  const { stored, read } = await storeAndRead(written);
  const bytes = Object.values(NUMBERS).flatMap((number, n) => [number, ...Array.from({ length: 6 }, () => n * 17)]);
  expect([...stored]).toEqual(bytes);
  expect(read).toEqual(written);
});

it('stores as JSON what has no number', async () => {
  const written = { subject: '0123456789ab', fieldOfTomorrow: 'cdef01234567' } as FieldDigests;
  const { stored, read } = await storeAndRead(written);
  expect(String(stored)).toBe(JSON.stringify(written));
  expect(read).toEqual(written);
});

async function storeAndRead(written: FieldDigests) {
  const directory = temporaryDirectory();
  const path = join(directory.path, 'ledger.db');
  const ledger = sqliteLedger({ path });
  await begin(ledger, 1);
  const { claims } = await ledger.claim(RUN, { id: 'one', name: 'one' }, 1, 60_000);
  const [claim] = claims;
  await ledger.mark([
    { runId: RUN, key: claim!.placement.key, fence: claim!.fence, state: 'done', attempts: 1, written },
  ]);
  const database = new Database(path);
  const [stored] = database.prepare('SELECT written FROM outcome').raw().get([]) as [Uint8Array | string];
  database.close();
  const rows = [];
  for await (const row of ledger.rows(RUN)) rows.push(row);
  await ledger.close();
  directory.remove();
  return { stored, read: rows[0]?.written };
}
