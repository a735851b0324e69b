import assert from 'node:assert/strict';
import type { FieldDigests, Mark } from '@appointed/core';
import { ALICE, begin, BOB, claimOne, counts, LEASE_MS, type LedgerTest, mark, rowsOf, RUN } from './ledger-bench.js';

/** `mark`, `reopen` and `settled`: how placements end, and begin again. */
export function describeMarking(test: LedgerTest): void {
  describeWhatIsKept(test);
  describeReopening(test);
  describeHoldingBack(test);
}

function describeWhatIsKept(test: LedgerTest): void {
  for (const [what, fields] of OUTCOMES) {
    test(`keeps ${what}`, async ({ ledger }) => {
      await begin(ledger, 1);
      const claim = await claimOne(ledger);
      await ledger.mark([mark(claim, { attempts: 7, ...fields })]);
      const { dueAt: _lease, ...claimed } = claim.placement;
      const expected = { ...claimed, state: 'done', attempts: 7, ...fields };
      assert.deepEqual(await rowsOf(ledger), [expected]);
    });
  }

  test('keeps nothing of the mark before', async ({ ledger, clock }) => {
    await begin(ledger, 1);
    const error = { code: 'server_busy', message: 'later' } as const;
    const first = mark(await claimOne(ledger), { state: 'deferred', dueAt: clock.now, error });
    await ledger.mark([first]);
    const claim = await claimOne(ledger);
    assert.deepEqual(claim.placement.error, error);
    await ledger.mark([mark(claim)]);
    const [row] = await rowsOf(ledger);
    assert.deepEqual([row?.error, row?.dueAt, row?.attempts], [undefined, undefined, 2]);
  });

  test('gives another task where a mark names one', async ({ ledger }) => {
    await begin(ledger, 2);
    const [first, second] = [await claimOne(ledger), await claimOne(ledger)];
    await ledger.mark([mark(first, { state: 'deferred', task: 'remove' }), mark(second, { state: 'deferred' })]);
    assert.deepEqual(
      (await rowsOf(ledger)).map(({ task }) => task),
      ['remove', 'place'],
    );
    assert.equal(await ledger.reopen(RUN, ['deferred'], 'remove'), 1);
  });

  test('makes many marks at once, in one call and in many', async ({ ledger }) => {
    await begin(ledger, 600);
    const { claims } = await ledger.claim(RUN, ALICE, 600, LEASE_MS);
    const marks = claims.map((claim, n) => mark(claim, { receipt: { itemId: `item-${n}` } }));
    await Promise.all([ledger.mark(marks.slice(0, 300)), ...marks.slice(300).map((one) => ledger.mark([one]))]);
    const ids = (await rowsOf(ledger, { states: ['done'] })).map(({ receipt }) => receipt?.itemId);
    assert.deepEqual(
      ids,
      marks.map((_, n) => `item-${n}`),
    );
  });

  test('marks nothing when it is given nothing', async ({ ledger }) => {
    await begin(ledger, 1);
    await ledger.mark([]);
    assert.equal((await claimOne(ledger)).before, 'waiting');
  });
}

const OUTCOMES: readonly (readonly [what: string, fields: Partial<Mark>])[] = [
  ['what is done, without a receipt', {}],
  [
    'a receipt with all that a server told',
    {
      receipt: {
        itemId: `AAMkADExMTEx${'Ab+/'.repeat(35)}AAA=`,
        changeKey: 'DwAAABYAAADPriAxh444TpHj2GoQxWQNAAAAAAkh',
        iCalUid: '040000008200E00074C5B7101A82E008',
        requestId: '2c9e1c3f-6f8e-4b0b-9a64-0a4d3a4d5e6f',
      },
    },
  ],
  [
    'a receipt that is not what other servers send',
    { receipt: { itemId: '', changeKey: 'AAA', iCalUid: "o'brien\uD83C\uDFBE\n", requestId: '  A=B=  ' } },
  ],
  [
    'long and strange ids',
    { receipt: { itemId: 'x'.repeat(3000), requestId: '2C9E1C3F-6F8E-4B0B-9A64-0A4D3A4D5E6F', changeKey: 'QUJD\n' } },
  ],
  [
    'an error with the code of the server',
    { state: 'rejected', error: { code: 'server_rejected', message: 'no', serverCode: 'ErrorQuotaExceeded' } },
  ],
  [
    'an error with a message of 500 strange characters',
    {
      state: 'unknown',
      dueAt: 1_800_000_009_999,
      error: { code: 'timed_out', message: `'"\n\uD83C${'ü'.repeat(496)}` },
    },
  ],
  [
    'what was written into each field',
    {
      written: {
        subject: '0123456789ab',
        body: 'ffffffffffff',
        start: '000000000000',
        requiredAttendees: 'a0b1c2d3e4f5',
      },
    },
  ],
  ['that nothing was written', { written: {} }],
  [
    'a field that a later version knows, and a digest of another length',
    { written: { subject: '0123456789ab', 'o\u0000ther 🎾': 'ABC', start: 'x' } as FieldDigests },
  ],
  ['that it was removed', { state: 'removed', attempts: 1 }],
  ['a rest of a whole century', { state: 'deferred', dueAt: 4_000_000_000_000 }],
  ['that nothing was sent', { state: 'waiting', attempts: 0, dueAt: 1_800_000_000_001 }],
];

function describeReopening(test: LedgerTest): void {
  test('makes settled placements of the given states due again, and no others', async ({ ledger, clock }) => {
    await begin(ledger, 5);
    const { claims } = await ledger.claim(RUN, ALICE, 4, LEASE_MS);
    const states = ['done', 'rejected', 'deferred', 'deferred'] as const;
    const soon = clock.now + 5000;
    await ledger.mark(
      claims.map((claim, n) => mark(claim, { state: states[n] ?? 'done', ...(n === 3 ? { dueAt: soon } : {}) })),
    );
    clock.now += 1000;
    assert.equal(await ledger.reopen(RUN, ['rejected', 'deferred', 'waiting', 'claimed'], 'place'), 2);
    assert.equal(await ledger.reopen(RUN, ['rejected', 'deferred'], 'place'), 0);
    const reopened = await ledger.claim(RUN, BOB, 10, LEASE_MS);
    assert.deepEqual(
      reopened.claims.map(({ placement, before }) => [placement.row, before, placement.attempts]),
      [
        [5, 'waiting', 0],
        [2, 'rejected', 1],
        [3, 'deferred', 1],
      ],
    );
    assert.equal(reopened.nextDueAt, soon);
  });

  test('reopens nothing when it is given no states', async ({ ledger }) => {
    await begin(ledger, 1);
    await ledger.mark([mark(await claimOne(ledger))]);
    assert.equal(await ledger.reopen(RUN, [], 'place'), 0);
  });

  test('reopens only placements with the task that is named', async ({ ledger, clock }) => {
    await begin(ledger, 2);
    const { claims } = await ledger.claim(RUN, ALICE, 2, LEASE_MS);
    const receipt = { itemId: 'AAMk' };
    await ledger.mark(claims.map((claim, n) => mark(claim, n === 0 ? { receipt } : {})));
    await ledger.assign(RUN, 'update');
    await ledger.mark([mark(await claimOne(ledger), { receipt })]);
    clock.now += 1000;
    assert.equal(await ledger.reopen(RUN, ['done'], 'remove'), 0);
    assert.equal(await ledger.reopen(RUN, ['done'], 'update'), 1);
    assert.equal((await claimOne(ledger)).placement.row, 1);
    assert.equal(await ledger.reopen(RUN, ['done'], 'place'), 1);
  });
}

function describeHoldingBack(test: LedgerTest): void {
  test('holds back what is marked waiting and not due, until it is reopened', async ({ ledger, clock }) => {
    await begin(ledger, 2);
    await ledger.mark([mark(await claimOne(ledger), { state: 'waiting', attempts: 0 })]);
    await ledger.mark([mark(await claimOne(ledger))]);
    clock.now += 365 * 86_400_000;
    assert.deepEqual(await ledger.claim(RUN, BOB, 10, LEASE_MS), { claims: [] });
    assert.equal(await ledger.reopen(RUN, ['waiting'], 'place'), 1);
    const { placement, before } = await claimOne(ledger, BOB);
    assert.deepEqual([placement.row, before], [1, 'waiting']);
  });

  test('counts what is settled, by states, and nothing that is open', async ({ ledger, clock }) => {
    await begin(ledger, 9);
    assert.deepEqual(await ledger.settled(RUN), counts({}));
    const { claims } = await ledger.claim(RUN, ALICE, 8, LEASE_MS);
    const states = ['waiting', 'deferred', 'unknown', 'rejected', 'done', 'done', 'removed'] as const;
    const marks = claims.flatMap((claim, n) => {
      const state = states[n];
      return state === undefined ? [] : [mark(claim, { state, ...(n === 5 ? { dueAt: clock.now + 1 } : {}) })];
    });
    await ledger.mark(marks);
    const one = { waiting: 1, deferred: 1, unknown: 1, rejected: 1, done: 1, removed: 1 };
    assert.deepEqual(await ledger.settled(RUN), one);
    await ledger.reopen(RUN, ['rejected', 'unknown'], 'place');
    assert.deepEqual(await ledger.settled(RUN), { ...one, rejected: 0, unknown: 0 });
  });
}
