import assert from 'node:assert/strict';
import { ALICE, begin, BOB, claimOne, LEASE_MS, type LedgerTest, RUN } from './ledger-bench.js';

/** Leases: one owner at a time, and another when that one has stalled. */
export function describeLeasing(test: LedgerTest): void {
  test('lets one owner alone have a placement while the lease runs', async ({ ledger, clock }) => {
    await begin(ledger, 1);
    await claimOne(ledger, ALICE);
    clock.now += LEASE_MS - 1;
    assert.deepEqual(await ledger.claim(RUN, BOB, 1, LEASE_MS), { claims: [], nextDueAt: clock.now + 1 });
    assert.deepEqual(await ledger.claim(RUN, ALICE, 1, LEASE_MS), { claims: [] });
  });

  test('gives a placement to another when the lease has run out, saying that it was claimed', async (bench) => {
    const { ledger, clock } = bench;
    await begin(ledger, 1);
    const stalled = await claimOne(ledger, ALICE);
    clock.now += LEASE_MS;
    const { before, fence, placement } = await claimOne(ledger, BOB);
    assert.equal(before, 'claimed');
    assert.ok(fence > stalled.fence, 'the fence rises with every claim');
    assert.equal(placement.claimedAt, clock.now);
  });

  test('claims a placement of its own again when the lease has run out', async ({ ledger, clock }) => {
    await begin(ledger, 1);
    await claimOne(ledger, ALICE);
    clock.now += LEASE_MS;
    const { nextDueAt } = await ledger.claim(RUN, ALICE, 0, LEASE_MS);
    assert.equal(nextDueAt, clock.now);
    assert.equal((await claimOne(ledger, ALICE)).before, 'claimed');
  });
}
