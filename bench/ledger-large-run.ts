// What a large run costs: its file, continuing it, going through it, taking it back, forgetting it.
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { RunLedger } from '@appointed/core';
import { sqliteLedger } from '@appointed/ledger-sqlite';
import { begin, done, OWNER, RUN } from './ledger-run.js';
import { mb, timed } from './timed.js';

// In a process of its own, so that its memory can be seen.
const [, program, path] = process.argv;
if (program === fileURLToPath(import.meta.url) && path !== undefined) await continueRun(path);

/** Makes a run of which a thousandth is left to do, and continues it in another process. */
export async function measureLargeRun(path: string, rows: number): Promise<void> {
  const ledger = sqliteLedger({ path });
  await timed(`${rows} enrolled`, () => begin(ledger, rows));
  await timed('all but a thousandth claimed and marked, 1000 at once', () => placeMost(ledger, rows));
  await ledger.close();
  const { size } = statSync(path);
  console.log(`${mb(size)} on disk, ${(size / rows).toFixed(0)} bytes for each placement`);
  const again = [...process.execArgv, fileURLToPath(import.meta.url), path];
  spawnSync(process.execPath, again, { stdio: 'inherit' });
}

async function placeMost(ledger: RunLedger, rows: number): Promise<void> {
  for (let placed = 0; placed < rows * 0.999;) {
    const { claims } = await ledger.claim(RUN, OWNER, 1000, 600_000);
    await ledger.mark(claims.map(done));
    placed += claims.length;
  }
}

async function continueRun(path: string): Promise<void> {
  const before = process.memoryUsage().rss;
  const ledger = await timed('opened, held, counted, reopened and 64 claimed', () => resume(path));
  await timed('read', () => readAll(ledger, before));
  await timed('assigned another task', () => ledger.assign(RUN, 'remove'));
  // Closing releases what was held.
  await ledger.close();
  const again = sqliteLedger({ path });
  await timed('forgotten', () => again.forget(RUN));
  await again.close();
}

async function resume(path: string): Promise<RunLedger> {
  const ledger = sqliteLedger({ path });
  await ledger.hold(RUN, OWNER);
  await ledger.settled(RUN);
  await ledger.reopen(RUN, ['deferred', 'unknown'], 'place');
  await ledger.claim(RUN, OWNER, 64, 60_000);
  return ledger;
}

async function readAll(ledger: RunLedger, before: number): Promise<void> {
  let most = 0;
  for await (const { row } of ledger.rows(RUN)) {
    if (row % 10_000 === 0) most = Math.max(most, process.memoryUsage().rss);
  }
  console.log(`at most ${mb(most)} RSS while all rows are read, ${mb(most - before)} more than before it was opened`);
}
