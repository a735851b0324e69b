import { LEDGER_FORMAT, type Mark, parseMailbox, placementKey, type RunLedger } from '@appointed/core';
import { expect, it } from 'vitest';
// The ledger of a runner that was given none: it has no name of its own in the public API.
import { MemoryLedger } from '../src/ledger/memory-ledger.js';

const RUN = 'lessons-2027';
const OWNER = { id: 'one', name: 'one' };

it('forgets what is settled, and keeps what is open or held back', async () => {
  const ledger = await ledgerWith(5);
  await mark(ledger, [
    { state: 'done' },
    { state: 'waiting' },
    { state: 'rejected' },
    { state: 'deferred', dueAt: 2000 },
  ]);
  expect(await statesOf(ledger)).toEqual(['2 waiting', '4 deferred', '5 waiting']);
  expect(await ledger.settled(RUN)).toMatchObject({ waiting: 1, done: 0, rejected: 0 });
  expect(await ledger.reopen(RUN, ['waiting'], 'place')).toBe(1);
});

it('forgets what an assigned task settles, and keeps what was never sent', async () => {
  const ledger = await ledgerWith(4);
  await mark(ledger, [
    { state: 'deferred', dueAt: 2000 },
    { state: 'unknown', dueAt: 2000 },
    { state: 'deferred', dueAt: 2000, receipt: { itemId: 'AAMk' } },
  ]);
  expect(await ledger.assign(RUN, 'remove')).toBe(2);
  expect(await statesOf(ledger)).toEqual(['2 unknown', '3 deferred', '4 waiting']);
});

async function ledgerWith(count: number): Promise<RunLedger> {
  const ledger = new MemoryLedger(() => 1000, false);
  await ledger.open({
    format: LEDGER_FORMAT,
    runId: RUN,
    startedAt: 1000,
    transport: 'fake',
    slots: [{ name: 'default', version: '' }],
    audienceComplete: true,
  });
  const mailboxes = Array.from({ length: count }, (_, n) => parseMailbox(`mailbox-${n}@contoso.com`));
  await ledger.enrol(
    RUN,
    mailboxes.map((mailbox, n) => ({
      key: placementKey(RUN, 'default', mailbox),
      row: n + 1,
      mailbox,
      slot: 'default',
    })),
  );
  return ledger;
}

/** Claims as many placements as there are marks, and makes these. */
async function mark(ledger: RunLedger, marks: readonly Pick<Mark, 'state' | 'dueAt' | 'receipt'>[]): Promise<void> {
  const { claims } = await ledger.claim(RUN, OWNER, marks.length, 500);
  await ledger.mark(
    claims.map(({ placement: { key }, fence }, n) => ({ runId: RUN, key, fence, attempts: 1, ...marks[n]! })),
  );
}

async function statesOf(ledger: RunLedger): Promise<readonly string[]> {
  const states: string[] = [];
  for await (const { row, state } of ledger.rows(RUN)) states.push(`${row} ${state}`);
  return states;
}
