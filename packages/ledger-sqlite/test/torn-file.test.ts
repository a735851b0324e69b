import { copyFileSync, existsSync, rmSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { AppointedError, type RunLedger } from '@appointed/core';
import { sqliteLedger } from '@appointed/ledger-sqlite';
import { describe, expect, it } from 'vitest';
import { begin, RUN } from './run.js';
import { temporaryDirectory } from './temporary-ledger.js';

const LAST = 4096;
// Each opening takes some milliseconds: every byte belongs to the trials, with APPOINTED_TRIALS set.
const STEP = process.env['APPOINTED_TRIALS'] === undefined ? 16 : 1;
const MARKS = 10;
// Where it can be had, memory: thousands of files are written.
const FAST = existsSync('/dev/shm') ? '/dev/shm' : undefined;

describe('a ledger whose last write was torn', () => {
  it(`opens, with a part of the marks from their beginning, when its log ends at any of its last ${LAST} bytes, ${STEP} apart`, async () => {
    const directory = temporaryDirectory(FAST);
    const path = join(directory.path, 'ledger.db');
    const ledger = sqliteLedger({ path });
    await marked(ledger);
    // As a power failure leaves it: nothing closed.
    const { size } = statSync(`${path}-wal`);
    const left = new Set<number>();
    for (let cut = LAST; cut >= 0; cut -= STEP) {
      const copy = join(directory.path, `cut-${cut}.db`);
      copyFileSync(path, copy);
      copyFileSync(`${path}-wal`, `${copy}-wal`);
      truncateSync(`${copy}-wal`, size - cut);
      left.add(await countMarks(copy));
      rmSync(copy);
      if (cut % 128 === 0) collectGarbage();
    }
    expect([...left]).toEqual([MARKS - 1, MARKS]);
    await ledger.close();
    directory.remove();
  }, 120_000);

  it('says ledger_failed, or has everything, when the file itself was cut', async () => {
    const directory = temporaryDirectory(FAST);
    const path = join(directory.path, 'ledger.db');
    const ledger = sqliteLedger({ path });
    await marked(ledger);
    await ledger.close();
    const { size } = statSync(path);
    for (let cut = 1; cut <= LAST; cut += 97) {
      const copy = join(directory.path, `cut-${cut}.db`);
      copyFileSync(path, copy);
      truncateSync(copy, size - cut);
      const outcome = await countMarks(copy).catch((error: unknown) => error);
      if (outcome === MARKS) continue;
      expect(AppointedError.is(outcome) && outcome.code).toBe('ledger_failed');
      expect(String(outcome)).toContain(copy);
    }
    directory.remove();
  });
});

/** Closed files are let go by the garbage collector; thousands of them would be too many. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
}

/** Marks one placement after another, each in a commit of its own. */
async function marked(ledger: RunLedger): Promise<void> {
  await begin(ledger, MARKS + 2);
  const { claims } = await ledger.claim(RUN, { id: 'one', name: 'one' }, MARKS, 60_000);
  for (const { placement, fence } of claims) {
    await ledger.mark([{ runId: RUN, key: placement.key, fence, state: 'done', attempts: 1 }]);
  }
}

/** How many are marked. Fails unless they are the first. */
async function countMarks(path: string): Promise<number> {
  const ledger = sqliteLedger({ path });
  try {
    const rows: number[] = [];
    for await (const { row } of ledger.rows(RUN, { states: ['done'] })) rows.push(row);
    expect(rows).toEqual(rows.map((_, n) => n + 1));
    return rows.length;
  } finally {
    await ledger.close();
  }
}
