import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sqliteLedger } from '@appointed/ledger-sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startChild } from './child.js';
import { begin, RUN } from './run.js';
import { temporaryDirectory } from './temporary-ledger.js';

// When the process is killed, in milliseconds after its first mark.
const MOMENTS = [1, 7, 23, 61, 140];

const directory = temporaryDirectory();
const prepared = join(directory.path, 'ledger.db');
beforeAll(async () => {
  const ledger = sqliteLedger({ path: prepared });
  await begin(ledger, 5000);
  await ledger.close();
});
afterAll(() => directory.remove());

describe('a process that is killed while it marks', () => {
  it.concurrent.each(MOMENTS)('has lost nothing that was acknowledged %i ms after its first mark', async (moment) => {
    const path = join(directory.path, `killed-after-${moment}.db`);
    copyFileSync(prepared, path);
    const child = startChild('marking-process.ts', [path]);
    const acknowledged = [Number((await child.lines.next()).value)];
    await sleep(moment);
    await child.kill();
    for await (const line of child.lines) acknowledged.push(Number(line));

    const after = sqliteLedger({ path });
    const done = new Set<number>();
    for await (const { row, receipt } of after.rows(RUN, { states: ['done'] })) {
      expect(receipt?.itemId).toBe(`item-${row}`);
      done.add(row);
    }
    expect(acknowledged.filter((row) => !done.has(row))).toEqual([]);
    // The hold of a dead process keeps nobody away.
    await after.hold(RUN, { id: 'next', name: 'the next process' });
    await after.close();
  });
});
