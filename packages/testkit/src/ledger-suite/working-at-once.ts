import assert from 'node:assert/strict';
import type { LedgerOwner, RunLedger } from '@appointed/core';
import { enrolments, LEASE_MS, type LedgerTest, manifest, mark, rowsOf, RUN } from './ledger-bench.js';

const PLACEMENTS = 500;
const OWNERS = 8;

/** A feeder and many workers at once, as in a run. */
export function describeWorkingAtOnce(test: LedgerTest): void {
  test(`gives each of ${PLACEMENTS} placements to one of ${OWNERS} owners while they are enrolled`, async ({
    ledger,
  }) => {
    await ledger.open(manifest());
    const feeding = feed(ledger);
    const owners = Array.from({ length: OWNERS }, (_, n) => ({ id: `owner-${n}`, name: `pid ${n}` }));
    const [, ...worked] = await Promise.all([feeding, ...owners.map((owner) => work(ledger, owner, feeding))]);
    assert.deepEqual(
      worked.flat().toSorted((one, other) => one - other),
      enrolments(PLACEMENTS).map(({ row }) => row),
    );
    const done = await rowsOf(ledger, { states: ['done'] });
    assert.equal(done.length, PLACEMENTS);
    assert.ok(
      done.every(({ receipt, row }) => receipt?.itemId === `item-${row}`),
      'each receipt is at its own placement',
    );
  });
}

async function feed(ledger: RunLedger): Promise<void> {
  for (let first = 1; first <= PLACEMENTS; first += 50) await ledger.enrol(RUN, enrolments(50, first));
}

/** Works until nothing is left. @returns the rows that were worked on */
export async function work(
  ledger: RunLedger,
  owner: LedgerOwner,
  feeding: Promise<void> = Promise.resolve(),
): Promise<readonly number[]> {
  const worked: number[] = [];
  let fed = false;
  for (;;) {
    const { claims } = await ledger.claim(RUN, owner, 10, LEASE_MS);
    await Promise.all(
      claims.map((claim) => ledger.mark([mark(claim, { receipt: { itemId: `item-${claim.placement.row}` } })])),
    );
    worked.push(...claims.map(({ placement }) => placement.row));
    if (claims.length > 0) continue;
    if (fed) return worked;
    await feeding;
    fed = true;
  }
}
