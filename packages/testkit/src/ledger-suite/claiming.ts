import assert from 'node:assert/strict';
import type { Claims } from '@appointed/core';
import {
  ALICE,
  begin,
  BOB,
  claimOne,
  enrolment,
  enrolments,
  LEASE_MS,
  type LedgerTest,
  manifest,
  mark,
  rowsOf,
  RUN,
} from './ledger-bench.js';

/** `claim`: who may work on what, and when. */
export function describeClaiming(test: LedgerTest): void {
  test('claims in the order of rows, as many as asked for', async ({ ledger, clock }) => {
    await ledger.open(manifest());
    await ledger.enrol(RUN, enrolments(5).toReversed());
    const first = await ledger.claim(RUN, ALICE, 2, LEASE_MS);
    assert.deepEqual(rows(first), [1, 2]);
    assert.equal(first.nextDueAt, clock.now);
    const rest = await ledger.claim(RUN, ALICE, 10, LEASE_MS);
    assert.deepEqual(rows(rest), [3, 4, 5]);
    assert.equal(rest.nextDueAt, undefined);
    assert.deepEqual(await ledger.claim(RUN, ALICE, 10, LEASE_MS), { claims: [] });
  });

  test('tells a claimed placement as it stands, the state before, and a fence', async ({ ledger, clock }) => {
    await begin(ledger, 1);
    const { placement, before, fence } = await claimOne(ledger);
    const { now } = clock;
    const claimed = { task: 'place', state: 'claimed', attempts: 0, dueAt: now + LEASE_MS, claimedAt: now } as const;
    assert.deepEqual(placement, { ...enrolment(1), ...claimed });
    assert.deepEqual(await rowsOf(ledger), [placement]);
    assert.equal(before, 'waiting');
    assert.ok(Number.isSafeInteger(fence));
  });

  test('claims nothing for a limit of 0, and tells when to ask again', async ({ ledger, clock }) => {
    await begin(ledger, 1);
    assert.deepEqual(await ledger.claim(RUN, ALICE, 0, LEASE_MS), { claims: [], nextDueAt: clock.now });
    assert.equal((await claimOne(ledger)).placement.row, 1);
  });

  describeDueTimes(test);
  describeRows(test);
}

function describeDueTimes(test: LedgerTest): void {
  for (const state of ['deferred', 'unknown'] as const) {
    test(`claims what was ${state} when it falls due and not before`, async ({ ledger, clock }) => {
      await begin(ledger, 1);
      const dueAt = clock.now + 5000;
      await ledger.mark([mark(await claimOne(ledger), { state, dueAt })]);
      clock.now = dueAt - 1;
      assert.deepEqual(await ledger.claim(RUN, ALICE, 1, LEASE_MS), { claims: [], nextDueAt: dueAt });
      clock.now = dueAt;
      const { before, placement } = await claimOne(ledger);
      assert.equal(before, state);
      assert.equal(placement.attempts, 1);
    });
  }

  test('claims what fell due earlier before what was due later', async ({ ledger, clock }) => {
    await begin(ledger, 3);
    const { claims } = await ledger.claim(RUN, ALICE, 3, LEASE_MS);
    const dueAt = [clock.now + 300, clock.now + 100, clock.now + 200];
    await ledger.mark(claims.map((claim, n) => mark(claim, { state: 'deferred', dueAt: dueAt[n] ?? 0 })));
    assert.equal((await ledger.claim(RUN, BOB, 0, LEASE_MS)).nextDueAt, clock.now + 100);
    clock.now += 1000;
    assert.deepEqual(rows(await ledger.claim(RUN, BOB, 3, LEASE_MS)), [2, 3, 1]);
  });

  test('never claims what is settled', async ({ ledger, clock }) => {
    await begin(ledger, 2);
    const { claims } = await ledger.claim(RUN, ALICE, 2, LEASE_MS);
    await ledger.mark(claims.map((claim, n) => mark(claim, { state: n === 0 ? 'done' : 'rejected' })));
    clock.now += 365 * 86_400_000;
    assert.deepEqual(await ledger.claim(RUN, BOB, 10, LEASE_MS), { claims: [] });
  });
}

function describeRows(test: LedgerTest): void {
  const slots = ['a', 'b', 'c'].map((name) => ({ name, version: '' }));
  const row = (n: number) => slots.map(({ name }) => enrolment(n, name));

  test('claims the slots of one row together, beyond the limit', async ({ ledger }) => {
    await ledger.open(manifest({ slots }));
    await ledger.enrol(RUN, [...row(1), ...row(2), ...row(3)]);
    assert.deepEqual(rows(await ledger.claim(RUN, ALICE, 4, LEASE_MS)), [1, 1, 1, 2, 2, 2]);
    assert.deepEqual(rows(await ledger.claim(RUN, ALICE, 1, LEASE_MS)), [3, 3, 3]);
  });

  test('claims together the slots that a run has had only since it was amended', async ({ ledger }) => {
    await ledger.open(manifest({ slots: slots.slice(0, 1) }));
    await ledger.enrol(
      RUN,
      [1, 2].flatMap((n) => row(n).slice(0, 1)),
    );
    await ledger.amend(RUN, { slots });
    await ledger.enrol(
      RUN,
      [1, 2].flatMap((n) => row(n).slice(1)),
    );
    assert.deepEqual(rows(await ledger.claim(RUN, ALICE, 1, LEASE_MS)), [1, 1, 1]);
  });

  test('claims of a row only what is due', async ({ ledger, clock }) => {
    await ledger.open(manifest({ slots }));
    await ledger.enrol(RUN, row(1));
    const { claims } = await ledger.claim(RUN, ALICE, 3, LEASE_MS);
    const [first, second] = claims;
    assert.ok(first && second);
    await ledger.mark([mark(first), mark(second, { state: 'deferred', dueAt: clock.now + 10 })]);
    await ledger.enrol(RUN, row(2));
    clock.now += 10;
    const due = await ledger.claim(RUN, BOB, 10, LEASE_MS);
    assert.deepEqual(rows(due), [2, 2, 2, 1]);
    assert.equal(due.nextDueAt, clock.now - 10 + LEASE_MS);
  });
}

function rows({ claims }: Claims): readonly number[] {
  return claims.map(({ placement }) => placement.row);
}
