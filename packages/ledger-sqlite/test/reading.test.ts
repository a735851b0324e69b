import { join } from 'node:path';
import { sqliteLedger } from '@appointed/ledger-sqlite';
import { expect, it } from 'vitest';
import { begin, RUN } from './run.js';
import { temporaryDirectory } from './temporary-ledger.js';

it('lets other things happen while many rows are read', async () => {
  const directory = temporaryDirectory();
  const ledger = sqliteLedger({ path: join(directory.path, 'ledger.db') });
  await begin(ledger, 3000);
  let happenedAt: number | undefined;
  let last = 0;
  setImmediate(() => {
    happenedAt = last;
  });
  for await (const { row } of ledger.rows(RUN)) last = row;
  expect(happenedAt).toBeLessThan(3000);
  expect(last).toBe(3000);
  await ledger.close();
  directory.remove();
});
