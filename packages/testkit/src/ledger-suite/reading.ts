import assert from 'node:assert/strict';
import { PLACEMENT_STATES, type PlacementState } from '@appointed/core';
import {
  ALICE,
  begin,
  claimOne,
  enrolments,
  LEASE_MS,
  type LedgerTest,
  manifest,
  mark,
  rowsOf,
  RUN,
} from './ledger-bench.js';

// More than a ledger reads at once.
const MANY = 3000;

/** `rows`: in order, filtered, while the run goes on. */
export function describeReading(test: LedgerTest): void {
  test('gives rows in the order of the list, however they were enrolled', async ({ ledger }) => {
    await ledger.open(manifest());
    for (const first of [41, 1, 21]) await ledger.enrol(RUN, enrolments(20, first).toReversed());
    assert.deepEqual(
      (await rowsOf(ledger)).map(({ row }) => row),
      enrolments(60).map(({ row }) => row),
    );
  });

  test('gives rows of the states that are asked for', async ({ ledger, clock }) => {
    await begin(ledger, 6);
    const { claims } = await ledger.claim(RUN, ALICE, 5, LEASE_MS);
    const states = ['deferred', 'unknown', 'rejected', 'done'] as const;
    const marks = claims.flatMap((claim, n) => {
      const state = states[n];
      return state === undefined ? [] : [mark(claim, { state, dueAt: clock.now })];
    });
    await ledger.mark(marks);
    const read = async (...asked: PlacementState[]) => (await rowsOf(ledger, { states: asked })).map(({ row }) => row);
    assert.deepEqual(await read('done', 'deferred'), [1, 4]);
    assert.deepEqual(await read('waiting', 'claimed'), [5, 6]);
    assert.deepEqual(await read(...PLACEMENT_STATES), [1, 2, 3, 4, 5, 6]);
    assert.deepEqual(await read(), []);
    assert.equal((await rowsOf(ledger, {})).length, 6);
  });

  test(`gives each of ${MANY} rows once and in order while they are changed`, async ({ ledger }) => {
    await begin(ledger, MANY);
    let expected = 0;
    for await (const { row } of ledger.rows(RUN)) {
      expected += 1;
      assert.equal(row, expected);
      if (row % 100 === 0) await ledger.mark([mark(await claimOne(ledger))]);
    }
    assert.equal(expected, MANY);
    assert.equal((await rowsOf(ledger, { states: ['done'] })).length, MANY / 100);
  });

  test('can be read in part, by several, and closed meanwhile', async ({ ledger }) => {
    await begin(ledger, MANY);
    for (let reader = 0; reader < 3; reader += 1) {
      for await (const { row } of ledger.rows(RUN)) if (row === 5) break;
    }
    const [one, other] = [ledger.rows(RUN), ledger.rows(RUN)].map((rows) => rows[Symbol.asyncIterator]());
    assert.equal((await one?.next())?.value.row, 1);
    assert.equal((await other?.next())?.value.row, 1);
    assert.equal((await one?.next())?.value.row, 2);
    await ledger.close();
  });
}
