import assert from 'node:assert/strict';
import { type Mailbox, type MailboxInput, parseMailbox, TASKS } from '@appointed/core';
import {
  ALICE,
  begin,
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

/** `enrol`: everybody once, and as given. */
export function describeEnrolling(test: LedgerTest): void {
  test('enrols placements, waiting and due at once', async ({ ledger, clock }) => {
    await ledger.open(manifest());
    assert.deepEqual(await ledger.enrol(RUN, enrolments(2)), ['waiting', 'waiting']);
    assert.deepEqual(
      await rowsOf(ledger),
      enrolments(2).map((given) => ({ ...given, task: 'place', state: 'waiting', attempts: 0, dueAt: clock.now })),
    );
  });

  test('changes nothing when a placement is enrolled again, and tells its state', async ({ ledger, clock }) => {
    await begin(ledger, 3);
    await ledger.mark([mark(await claimOne(ledger), { receipt: { itemId: 'AAMk' } })]);
    await claimOne(ledger);
    clock.now += 1000;
    const before = await rowsOf(ledger);
    const moved = enrolments(4).map((given) => ({ ...given, row: given.row + 100 }));
    assert.deepEqual(await ledger.enrol(RUN, moved), ['done', 'claimed', 'waiting', 'waiting']);
    assert.deepEqual((await rowsOf(ledger)).slice(0, 3), before);
    assert.equal((await rowsOf(ledger)).length, 4);
  });

  test('enrols a placement for the task that is wanted of it', async ({ ledger }) => {
    await ledger.open(manifest());
    const given = enrolments(TASKS.length).map((one, n) => ({ ...one, task: TASKS[n] ?? 'place' }));
    await ledger.enrol(RUN, given);
    await ledger.enrol(RUN, enrolments(TASKS.length));
    const tasks = (await rowsOf(ledger)).map(({ task }) => task);
    assert.deepEqual(tasks, TASKS);
    const { claims } = await ledger.claim(RUN, ALICE, 3, LEASE_MS);
    assert.deepEqual(
      claims.map(({ placement }) => placement.task),
      TASKS,
    );
  });

  test('enrols a placement once that stands twice in one call, or in calls at once', async ({ ledger }) => {
    await ledger.open(manifest());
    const [one] = enrolments(1);
    assert.ok(one);
    assert.deepEqual(await ledger.enrol(RUN, [one, one]), ['waiting', 'waiting']);
    await Promise.all(Array.from({ length: 20 }, () => ledger.enrol(RUN, enrolments(30))));
    assert.equal((await rowsOf(ledger)).length, 30);
  });

  test('keeps runs apart, even where keys are alike', async ({ ledger }) => {
    await begin(ledger, 2);
    await ledger.open(manifest({ runId: 'other' }));
    assert.deepEqual(await ledger.enrol('other', enrolments(1)), ['waiting']);
    await ledger.mark([mark(await claimOne(ledger))]);
    assert.deepEqual(await ledger.enrol('other', enrolments(1)), ['waiting']);
  });

  describeMailboxes(test);
}

function describeMailboxes(test: LedgerTest): void {
  for (const [what, input] of HOSTILE) {
    test(`gives back a mailbox with ${what} as it was`, async ({ ledger }) => {
      const mailbox: Mailbox = parseMailbox(input);
      const slot = `${what} 🎾 ' " ; -- \\ % _`;
      await ledger.open(manifest({ slots: [{ name: slot, version: '' }] }));
      const given = enrolment(1, slot, mailbox);
      await ledger.enrol(RUN, [given]);
      const [row] = await rowsOf(ledger);
      const { placement } = await claimOne(ledger);
      for (const read of [row, placement]) {
        assert.deepEqual({ key: read?.key, row: read?.row, mailbox: read?.mailbox, slot: read?.slot }, given);
      }
    });
  }
}

const LONG = `${'a'.repeat(64)}@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.com`;

const HOSTILE: readonly (readonly [what: string, input: MailboxInput])[] = [
  ['a quote in its address', "o'brien@contoso.com"],
  ['a percent sign and an underscore', 'a_%@contoso.com'],
  ['letters of other scripts', '用户@例え.jp'],
  ['a long address', LONG],
  ['a principal name in capitals', { upn: 'Alfred@CONTOSO.com' }],
  ['a security identifier', { sid: 'S-1-5-21-1004336348-1177238915-682003330-512' }],
  [
    'attributes that could be code',
    {
      smtp: 'bobby@contoso.com',
      attributes: {
        "'; DROP TABLE placements; --": '"; DELETE',
        '': '',
        ключ: '值\n\t\u0001',
        emoji: '🎾👩‍👩‍👧',
        'half of a pair': '\uD83C',
        constructor: 'toString',
        long: 'x'.repeat(10_000),
      },
    },
  ],
];
