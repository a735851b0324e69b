import assert from 'node:assert/strict';
import type { RunLedger } from '@appointed/core';
import {
  ALICE,
  begin,
  BOB,
  counts,
  LEASE_MS,
  type LedgerBench,
  type LedgerTest,
  manifest,
  mark,
  rejected,
  rowsOf,
  RUN,
} from './ledger-bench.js';
import type { LedgerStorage } from './ledger-harness.js';
import { work } from './working-at-once.js';

/** Durable ledgers: what is there when the process is gone, and when two work at once. */
export function describeOutliving(test: LedgerTest): void {
  describeOpeningAgain(test);
  describeTwoProcesses(test);
}

function describeOpeningAgain(test: LedgerTest): void {
  test('has everything when it is opened again', async (bench) => {
    const { ledger, clock } = bench;
    await begin(ledger, 4);
    await ledger.amend(RUN, { audienceComplete: true });
    const { claims } = await ledger.claim(RUN, ALICE, 3, LEASE_MS);
    const [first, second, third] = claims;
    assert.ok(first && second && third);
    const error = { code: 'connection_lost', message: 'cut' } as const;
    await ledger.mark([mark(first, { receipt: { itemId: 'AAMk' }, written: { subject: '0123456789ab' } })]);
    await ledger.mark([mark(second, { state: 'unknown', dueAt: clock.now + 10, error })]);
    const before = await rowsOf(ledger);
    await ledger.close();
    await withAnother(bench, async (again) => {
      assert.deepEqual(await again.open(manifest()), {
        manifest: manifest({ audienceComplete: true }),
        isNew: false,
      });
      assert.deepEqual(await again.settled(RUN), counts({ done: 1 }));
      assert.deepEqual(await rowsOf(again), before);
      clock.now += LEASE_MS;
      const due = await again.claim(RUN, BOB, 9, LEASE_MS);
      assert.deepEqual(
        due.claims.map((claim) => [claim.placement.row, claim.before]),
        [
          [4, 'waiting'],
          [2, 'unknown'],
          [3, 'claimed'],
        ],
      );
      await rejected(again.mark([mark(third)]), 'claim_lost');
    });
  });

  test('refuses storage that a newer version wrote', async (bench) => {
    await begin(bench.ledger, 1);
    await bench.ledger.close();
    await storageOf(bench).writeNewerFormat();
    await rejected(
      withAnother(bench, async (again) => {
        await again.open(manifest());
      }),
      'ledger_too_new',
    );
  });
}

function describeTwoProcesses(test: LedgerTest): void {
  test('lets two processes share the work, each placement claimed by one', async (bench) => {
    await begin(bench.ledger, 200);
    await withAnother(bench, async (other) => {
      const worked = await Promise.all([work(bench.ledger, ALICE), work(other, BOB)]);
      const rows = worked.flat().toSorted((one, another) => one - another);
      assert.deepEqual(
        rows,
        Array.from({ length: 200 }, (_, n) => n + 1),
      );
    });
  });

  test('lets one of two processes hold a run, and another when the first has closed', async (bench) => {
    await begin(bench.ledger, 1);
    await bench.ledger.hold(RUN, ALICE);
    await withAnother(bench, async (other) => {
      const error = await rejected(other.hold(RUN, BOB), 'run_held');
      assert.ok(error.message.includes(ALICE.name), 'the message names who holds it');
      await bench.ledger.close();
      await other.hold(RUN, BOB);
    });
  });

  test('lets another hold a run whose holder was killed', async (bench) => {
    await begin(bench.ledger, 1);
    await storageOf(bench).holdAndDie(RUN, ALICE);
    const { lost } = await bench.ledger.hold(RUN, BOB);
    assert.equal(lost.aborted, false);
  });
}

async function withAnother(bench: LedgerBench, body: (another: RunLedger) => Promise<void>): Promise<void> {
  const another = await storageOf(bench).openAnother();
  try {
    await body(another);
  } finally {
    await another.close();
  }
}

function storageOf({ under }: LedgerBench): LedgerStorage {
  assert.ok(under.storage, 'a durable ledger has storage');
  return under.storage;
}
