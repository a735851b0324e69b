import assert from 'node:assert/strict';
import type { Mark, PlacementRow } from '@appointed/core';
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
  rejected,
  rowsOf,
  RUN,
} from './ledger-bench.js';

// More than a ledger changes at once.
const MANY = 2500;
const RECEIPT = { itemId: 'AAMk' };

/** `assign`: what is placed already is changed or taken back, and nothing else is begun. */
export function describeAssigning(test: LedgerTest): void {
  describeWhatFallsDue(test);
  describeClaimed(test);
  describeAssignees(test);
}

function describeWhatFallsDue(test: LedgerTest): void {
  test('makes due at once what was settled with a receipt, counts anew, and keeps the rest', async (bench) => {
    const { ledger, clock } = bench;
    await begin(ledger, 1);
    const error = { code: 'server_rejected', message: 'no' } as const;
    const written = { subject: '0123456789ab' };
    await ledger.mark([mark(await claimOne(ledger), { attempts: 3, receipt: RECEIPT, written, error })]);
    const [before] = await rowsOf(ledger);
    clock.now += 1000;
    assert.equal(await ledger.assign(RUN, 'update'), 1);
    const expected = [{ ...before, task: 'update', attempts: 0, dueAt: clock.now }];
    assert.deepEqual(await rowsOf(ledger), expected);
    assert.equal(await ledger.assign(RUN, 'update'), 1);
    assert.deepEqual(await rowsOf(ledger), expected);
    const claim = await claimOne(ledger);
    assert.deepEqual([claim.before, claim.placement.task], ['done', 'update']);
  });

  for (const [what, fields] of MAY_BE_THERE) {
    test(`lets ${what} fall due for the task when it would have fallen due`, async ({ ledger, clock }) => {
      await begin(ledger, 1);
      const dueAt = clock.now + 5000;
      await ledger.mark([mark(await claimOne(ledger), { dueAt, ...fields })]);
      assert.equal(await ledger.assign(RUN, 'remove'), 1);
      assert.deepEqual(await ledger.claim(RUN, BOB, 1, LEASE_MS), { claims: [], nextDueAt: dueAt });
      clock.now = dueAt;
      const { placement, before } = await claimOne(ledger, BOB);
      assert.deepEqual([placement.task, placement.attempts, before], ['remove', 0, fields.state]);
    });
  }

  describeWhatIsSettled(test);
}

function describeWhatIsSettled(test: LedgerTest): void {
  test('settles what is certainly not there, with its task, so that it can be placed later', async ({
    ledger,
    clock,
  }) => {
    await begin(ledger, 4);
    const { claims } = await ledger.claim(RUN, ALICE, 3, LEASE_MS);
    const [first, second, third] = claims;
    assert.ok(first && second && third);
    const later = { state: 'deferred', dueAt: clock.now + 10 } as const;
    await ledger.mark([mark(first, later), mark(second, { state: 'rejected' }), mark(third, { state: 'removed' })]);
    assert.equal(await ledger.assign(RUN, 'remove'), 0);
    clock.now += LEASE_MS;
    assert.deepEqual(await ledger.claim(RUN, BOB, 10, LEASE_MS), { claims: [] });
    assert.deepEqual((await rowsOf(ledger)).map(stand), [
      ['place', 'deferred', undefined],
      ['place', 'rejected', undefined],
      ['place', 'removed', undefined],
      ['place', 'waiting', undefined],
    ]);
    assert.equal(await ledger.reopen(RUN, ['waiting', 'deferred'], 'place'), 2);
  });
}

function describeClaimed(test: LedgerTest): void {
  test('gives a claimed placement to nobody before its lease ends, and then for the new task', async (bench) => {
    const { ledger, clock } = bench;
    await begin(ledger, 1);
    await claimOne(ledger, ALICE);
    const dueAt = clock.now + LEASE_MS;
    assert.equal(await ledger.assign(RUN, 'remove'), 1);
    for (const owner of [ALICE, BOB]) {
      assert.deepEqual(await ledger.claim(RUN, owner, 1, LEASE_MS), { claims: [], nextDueAt: dueAt });
    }
    clock.now = dueAt;
    const { placement, before } = await claimOne(ledger, BOB);
    assert.deepEqual([placement.task, before], ['remove', 'claimed']);
  });

  test('refuses a mark by who had claimed a placement before it was assigned', async ({ ledger }) => {
    await begin(ledger, 1);
    const claim = await claimOne(ledger);
    await ledger.assign(RUN, 'remove');
    const before = await rowsOf(ledger);
    await rejected(ledger.mark([mark(claim, { receipt: RECEIPT })]), 'claim_lost');
    assert.deepEqual(await rowsOf(ledger), before);
  });
}

function describeAssignees(test: LedgerTest): void {
  const slots = ['lesson', 'debriefing'];
  const placements = [1, 2, 3].flatMap((row) => slots.map((slot) => enrolment(row, slot)));

  for (const [what, assignees, expected] of [
    ['all', {}, '1/lesson 1/debriefing 2/lesson 2/debriefing 3/lesson 3/debriefing'],
    ['those of a slot', { slots: ['lesson'] }, '1/lesson 2/lesson 3/lesson'],
    ['those of slots, one of them twice', { slots: ['lesson', 'lesson', 'other'] }, '1/lesson 2/lesson 3/lesson'],
    ['those of no slot', { slots: [] }, ''],
    ['those with keys', { keys: keysOf(placements.slice(1, 4)) }, '1/debriefing 2/lesson 2/debriefing'],
    ['those with no key', { keys: [] }, ''],
    ['those with keys and of a slot', { keys: keysOf(placements.slice(1, 4)), slots: ['lesson'] }, '2/lesson'],
    ['a key that is given twice', { keys: keysOf([...placements.slice(0, 1), ...placements.slice(0, 1)]) }, '1/lesson'],
    ['keys that are not there', { keys: ['f'.repeat(32), "o'brien"] }, ''],
  ] as const) {
    test(`assigns a task to ${what}`, async ({ ledger }) => {
      await ledger.open(manifest({ slots: slots.map((name) => ({ name, version: '' })) }));
      await ledger.enrol(RUN, placements);
      const { claims } = await ledger.claim(RUN, ALICE, placements.length, LEASE_MS);
      await ledger.mark(claims.map((claim) => mark(claim, { receipt: RECEIPT })));
      const count = await ledger.assign(RUN, 'remove', assignees);
      const assigned = (await rowsOf(ledger)).filter(({ task }) => task === 'remove');
      assert.deepEqual(names(assigned), expected.split(' ').filter(Boolean).toSorted());
      assert.equal(count, assigned.length);
      assert.ok(assigned.every(({ dueAt }) => dueAt !== undefined));
      assert.equal((await ledger.settled(RUN)).done, placements.length - assigned.length);
    });
  }

  test('assigns a task in one run only', async ({ ledger }) => {
    await ledger.open(manifest({ runId: 'other' }));
    await ledger.enrol('other', enrolments(2));
    await begin(ledger, 2);
    await ledger.claim(RUN, ALICE, 2, LEASE_MS);
    assert.equal(await ledger.assign('other', 'remove'), 0);
    assert.equal(await ledger.assign(RUN, 'remove', { keys: keysOf(enrolments(1)) }), 1);
    assert.deepEqual((await rowsOf(ledger)).map(stand)[0]?.[0], 'remove');
  });

  test(`assigns a task to ${MANY} placements, and makes all of them due again`, async ({ ledger, clock }) => {
    await begin(ledger, MANY);
    const { claims } = await ledger.claim(RUN, ALICE, MANY, LEASE_MS);
    await ledger.mark(claims.map((claim) => mark(claim, { receipt: RECEIPT })));
    assert.equal(await ledger.assign(RUN, 'update', { keys: keysOf(enrolments(MANY - 1)) }), MANY - 1);
    assert.equal(await ledger.assign(RUN, 'remove'), MANY);
    clock.now += 1000;
    const again = await ledger.claim(RUN, BOB, MANY, LEASE_MS);
    assert.equal(again.claims.length, MANY);
    await ledger.mark(again.claims.map((claim) => mark(claim, { state: 'removed' })));
    assert.equal((await ledger.settled(RUN)).removed, MANY);
    assert.equal(await ledger.reopen(RUN, ['removed'], 'remove'), MANY);
  });
}

const MAY_BE_THERE: readonly (readonly [what: string, fields: Partial<Mark>])[] = [
  ['what is unknown', { state: 'unknown' }],
  ['what is deferred and has a receipt', { state: 'deferred', receipt: RECEIPT }],
];

function stand({ task, state, dueAt }: PlacementRow): readonly unknown[] {
  return [task, state, dueAt];
}

function keysOf(placements: readonly { readonly key: string }[]): readonly string[] {
  return placements.map(({ key }) => key);
}

function names(rows: readonly PlacementRow[]): readonly string[] {
  return rows.map(({ row, slot }) => `${row}/${slot}`).toSorted();
}
