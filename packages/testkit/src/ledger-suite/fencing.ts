import assert from 'node:assert/strict';
import { ALICE, begin, BOB, claimOne, LEASE_MS, type LedgerTest, mark, rejected, rowsOf, RUN } from './ledger-bench.js';

/** Fences: who has lost a claim changes nothing. */
export function describeFencing(test: LedgerTest): void {
  test('refuses a mark after another has claimed, and changes nothing', async ({ ledger, clock }) => {
    await begin(ledger, 1);
    const stalled = await claimOne(ledger, ALICE);
    clock.now += LEASE_MS;
    await claimOne(ledger, BOB);
    const before = await rowsOf(ledger);
    await rejected(ledger.mark([mark(stalled)]), 'claim_lost');
    assert.deepEqual(await rowsOf(ledger), before);
  });

  test('takes a mark after the lease has run out, when nobody else has claimed', async ({ ledger, clock }) => {
    await begin(ledger, 1);
    const late = await claimOne(ledger);
    clock.now += 2 * LEASE_MS;
    await ledger.claim(RUN, BOB, 0, LEASE_MS);
    await ledger.mark([mark(late)]);
    assert.deepEqual(await ledger.claim(RUN, BOB, 1, LEASE_MS), { claims: [] });
  });

  test('takes one mark for each claim', async ({ ledger, clock }) => {
    await begin(ledger, 1);
    const claim = await claimOne(ledger);
    await ledger.mark([mark(claim, { state: 'deferred', dueAt: clock.now + 1 })]);
    await rejected(ledger.mark([mark(claim)]), 'claim_lost');
    assert.deepEqual(
      (await rowsOf(ledger)).map(({ state }) => state),
      ['deferred'],
    );
  });
  describeStaleAmongOthers(test);
}

function describeStaleAmongOthers(test: LedgerTest): void {
  test('makes the other marks of a call that holds a stale one', async ({ ledger, clock }) => {
    await begin(ledger, 3);
    const { claims } = await ledger.claim(RUN, ALICE, 2, LEASE_MS);
    const third = await claimOne(ledger);
    clock.now += LEASE_MS;
    await claimOne(ledger, BOB);
    const foreign = { ...mark(third), key: 'f'.repeat(32) };
    const error = await rejected(ledger.mark([...claims.map((c) => mark(c)), foreign, mark(third)]), 'claim_lost');
    assert.match(error.message, new RegExp(claims[0]?.placement.key ?? 'no claim'));
    assert.deepEqual(
      (await rowsOf(ledger)).map(({ state }) => state),
      ['claimed', 'done', 'done'],
    );
  });

  test('refuses a mark for a run that it does not have, and makes the others', async ({ ledger }) => {
    await begin(ledger, 1);
    const claim = await claimOne(ledger);
    await rejected(ledger.mark([{ ...mark(claim), runId: 'other' }, mark(claim)]), 'claim_lost');
    assert.equal((await rowsOf(ledger))[0]?.state, 'done');
  });

  test('refuses a stale mark and makes others that are made at once', async ({ ledger }) => {
    await begin(ledger, 50);
    const { claims } = await ledger.claim(RUN, ALICE, 50, LEASE_MS);
    const results = await Promise.allSettled(
      claims.map((claim, n) => ledger.mark([mark(claim, n % 10 === 0 ? { fence: claim.fence - 1 } : {})])),
    );
    assert.deepEqual(
      results.map(({ status }) => status),
      claims.map((_, n) => (n % 10 === 0 ? 'rejected' : 'fulfilled')),
    );
    assert.equal((await rowsOf(ledger, { states: ['claimed'] })).length, 5);
  });
}
