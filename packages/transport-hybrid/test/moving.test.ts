import { createRunner, type IAppointmentFactory, memoryLedger, parseMailbox, placementKey } from '@appointed/core';
import { describe, expect, it } from 'vitest';
import { startOrganisation } from './organisation.js';

const ALFRED = 'alfred@contoso.com';
const BERTA = 'berta@contoso.com';
const NINE = new Date('2027-01-15T09:00:00Z');
const TEN = new Date('2027-01-15T10:00:00Z');
const CALL = { signal: new AbortController().signal, sendBy: Number.POSITIVE_INFINITY, timeoutMs: 10_000 };

/** A lesson on some court. */
function lessonOn(location: string): IAppointmentFactory {
  return { getAppointment: () => ({ subject: 'Lesson', start: NINE, end: TEN, location }) };
}

describe('a mailbox that was migrated after the run', () => {
  it.each([
    ['to Exchange Online', { exchange: [ALFRED], online: [BERTA] }],
    ['back to the organisation', { exchange: [BERTA], online: [ALFRED] }],
  ])('%s is revised and retracted there, by the same transport', async (_, mailboxes) => {
    await using organisation = await startOrganisation(mailboxes);
    await using runner = await createRunner({ transport: organisation.transport, ledger: memoryLedger() });
    const placed = await runner.run({ id: 'spring', mailboxes: [ALFRED, BERTA], factory: lessonOn('Court 1') });
    expect(placed.counts.done).toBe(2);

    await organisation.move(ALFRED);
    const revised = await runner.revise('spring', { factory: lessonOn('Court 2') });
    expect(revised.failures).toEqual([]);
    expect([ALFRED, BERTA].map((address) => organisation.items(address).map(({ location }) => location))).toEqual([
      ['Court 2'],
      ['Court 2'],
    ]);

    await organisation.move(ALFRED);
    const retracted = await runner.retract('spring');
    expect(retracted.counts.done).toBe(2);
    expect([ALFRED, BERTA].flatMap((address) => organisation.items(address))).toEqual([]);
  });

  it('is not written a second time by a laptop that knows nothing of either', async () => {
    await using organisation = await startOrganisation({ exchange: [ALFRED], online: [] });
    for (const isFirst of [true, false]) {
      await using runner = await createRunner({ transport: organisation.connect() });
      const { counts } = await runner.run({ id: 'spring', mailboxes: [ALFRED], factory: lessonOn('Court 1') });
      expect(counts.done).toBe(1);
      if (isFirst) await organisation.move(ALFRED);
    }
    expect(organisation.items(ALFRED)).toHaveLength(1);
  });
});

describe('a mailbox that moves between two requests', () => {
  it('has what it holds found again by its key: an id is worth nothing on the other side', async () => {
    await using organisation = await startOrganisation({ exchange: [ALFRED], online: [] });
    const { transport } = organisation;
    const mailbox = parseMailbox(ALFRED);
    const key = placementKey('spring', 'default', mailbox);
    await using runner = await createRunner({ transport });
    await runner.run({ id: 'spring', mailboxes: [ALFRED], factory: lessonOn('Court 1') });
    const before = await transport.find(mailbox, [key], CALL);
    if (before.kind !== 'done') throw new Error('not found');
    const [{ itemId } = { itemId: '' }] = before.value;

    await organisation.move(ALFRED);
    expect(await transport.remove(mailbox, { itemId, sendMode: 'none' }, CALL)).toMatchObject({ kind: 'deferred' });
    const after = await transport.find(mailbox, [key], CALL);
    if (after.kind !== 'done') throw new Error('not found');
    const [found] = after.value;
    const removal = { itemId: found?.itemId ?? '', sendMode: 'none' } as const;
    expect(await transport.remove(mailbox, removal, CALL)).toEqual({ kind: 'done', value: 'removed' });
    expect(organisation.items(ALFRED)).toEqual([]);
  });
});
