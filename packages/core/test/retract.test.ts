import { createRunner, type LifecycleEvents, memoryLedger, type PlacementRecord } from '@appointed/core';
import { fakeTransport } from '@appointed/testkit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addresses, lesson, lessonWith } from './lesson.js';
import { passTime, stopTime } from './passing-time.js';
import { itemOf, ONE, placed, RUN, THREE, TWO } from './placed.js';
import { rowsOf } from './rows-of.js';
import { deferred, rejected, unseen } from './scripted-outcomes.js';
import { ID, interrupted, itemsIn } from './twenty-mailboxes.js';

beforeEach(stopTime);
afterEach(() => {
  vi.useRealTimers();
});

const MEETING = { requiredAttendees: ['trainer@contoso.com'] };

describe('taking a run back', () => {
  it('removes what it has placed, and nothing else', async () => {
    const { transport, ledger, runner } = await placed();
    await passTime(runner.run({ id: 'autumn', mailboxes: addresses(1), factory: lesson }));
    const report = await passTime(runner.retract(RUN));
    expect(report).toMatchObject({ verb: 'retract', counts: { done: 3, rejected: 0, deferred: 0, unknown: 0 } });
    expect([ONE, TWO, THREE].map((one) => transport.stored(one).length)).toEqual([1, 0, 0]);
    expect((await rowsOf(ledger, RUN)).map(({ state, receipt }) => [state, receipt])).toEqual(
      Array.from({ length: 3 }, () => ['removed', undefined]),
    );
  });

  it('tells of each, and the caller, too', async () => {
    const { runner } = await placed();
    const removed: LifecycleEvents['placementRemoved'][] = [];
    const records: PlacementRecord[] = [];
    runner.on('placementRemoved', (event) => removed.push(event));
    await passTime(runner.retract(RUN, { onPlacement: (record) => void records.push(record) }));
    expect(removed.map(({ mailbox, items, copies }) => [mailbox.id, items, copies])).toEqual(
      [ONE, TWO, THREE].map((one) => [one, 1, 0]),
    );
    expect(records.map(({ outcome }) => outcome)).toEqual([1, 2, 3].map(() => ({ kind: 'done', value: 'removed' })));
  });

  it('closes the id of the run', async () => {
    const { runner } = await placed();
    await passTime(runner.retract(RUN));
    const again = runner.run({ id: RUN, mailboxes: addresses(3), factory: lesson });
    await expect(again).rejects.toMatchObject({ code: 'run_retracted' });
    await expect(runner.revise(RUN, { factory: lesson })).rejects.toMatchObject({ code: 'run_retracted' });
  });

  it('may be repeated, and then has nothing to do', async () => {
    const { transport, runner } = await placed();
    await passTime(runner.retract(RUN));
    const finds = vi.spyOn(transport, 'find');
    const report = await passTime(runner.retract(RUN));
    expect(report.counts).toMatchObject({ done: 0, rejected: 0, deferred: 0, unknown: 0 });
    expect(finds).not.toHaveBeenCalled();
  });

  it('finds an item where its owner has moved it, and leaves the copy that its owner has made', async () => {
    const { transport, runner } = await placed();
    const copy = transport.owner.copy(ONE, itemOf(transport, ONE));
    const original = transport.stored(ONE).find(({ itemId }) => itemId !== copy.itemId);
    transport.owner.move(ONE, original?.itemId ?? '');
    const removed: LifecycleEvents['placementRemoved'][] = [];
    runner.on('placementRemoved', (event) => removed.push(event));
    await passTime(runner.retract(RUN));
    expect(transport.stored(ONE).map(({ itemId }) => itemId)).toEqual([copy.itemId]);
    expect(removed.find(({ row }) => row === 1)).toMatchObject({ items: 1, copies: 1 });
  });

  it.each(['delete', 'purge'] as const)('counts as done what its owner has deleted already: %s', async (deletes) => {
    const { transport, runner } = await placed();
    transport.owner[deletes](ONE, itemOf(transport, ONE));
    const report = await passTime(runner.retract(RUN));
    expect(report.counts.done).toBe(3);
    expect(transport.removals.map(({ mailbox }) => mailbox.id)).toEqual([TWO, THREE]);
  });

  it('removes an item that its owner has changed', async () => {
    const { transport, runner } = await placed();
    transport.owner.edit(ONE, itemOf(transport, ONE), { subject: 'Mine' });
    await passTime(runner.retract(RUN));
    expect(transport.stored(ONE)).toEqual([]);
  });

  it.each([
    ['cancels meetings with a copy', {}, {}, 'allAndSaveCopy'],
    ['is as silent as the run was', { sendMode: 'none' }, {}, 'none'],
    ['is as silent as it is told to be', {}, { sendMode: 'none' }, 'none'],
  ] as const)('%s', async (_name, inRun, inRetract, expected) => {
    const transport = fakeTransport();
    const runner = await createRunner({ transport, ledger: memoryLedger() });
    const factory = lessonWith(MEETING);
    await passTime(runner.run({ id: RUN, mailboxes: addresses(1), factory, ...inRun }));
    await passTime(runner.retract(RUN, inRetract));
    expect(transport.removals.map(({ sendMode }) => sendMode)).toEqual([expected]);
  });

  it('removes all that there are of a placement, and cancels it once', async () => {
    const { transport, runner } = await placed(MEETING);
    const [{ mailbox, items }] = transport.saves as unknown as [(typeof transport.saves)[number]];
    const call = { signal: new AbortController().signal, sendBy: Date.now() + 1000, timeoutMs: 1000 };
    await passTime(transport.save({ mailbox, items, sendMode: 'none' }, call));
    await passTime(runner.retract(RUN));
    expect(transport.stored(ONE)).toEqual([]);
    const ofOne = transport.removals.filter((removal) => removal.mailbox.id === ONE);
    expect(ofOne.map(({ sendMode }) => sendMode)).toEqual(['allAndSaveCopy', 'none']);
  });

  it('concerns the slots that are named', async () => {
    const transport = fakeTransport();
    const ledger = memoryLedger();
    const runner = await createRunner({ transport, ledger });
    await passTime(runner.run({ id: RUN, mailboxes: addresses(2), factories: { lesson, dinner: lesson } }));
    await passTime(runner.retract(RUN, { slots: ['dinner'] }));
    expect((await rowsOf(ledger, RUN)).map(({ slot, state }) => `${slot} ${state}`)).toEqual([
      'lesson done',
      'dinner removed',
      'lesson done',
      'dinner removed',
    ]);
    const unknownSlot = runner.retract(RUN, { slots: ['breakfast'] });
    await expect(unknownSlot).rejects.toMatchObject({ code: 'run_mismatch', field: 'slots' });
  });

  it('concerns the mailboxes that are named, and leaves the run open for the others', async () => {
    const { transport, runner } = await placed();
    const report = await passTime(runner.retract(RUN, { mailboxes: [TWO] }));
    expect(report.counts).toMatchObject({ rows: 1, done: 1 });
    expect([ONE, TWO, THREE].map((one) => transport.stored(one).length)).toEqual([1, 0, 1]);
    const continued = await passTime(runner.run({ id: RUN, factory: lesson }));
    expect(continued.counts).toMatchObject({ already: 3, done: 0 });
  });

  it('needs no ledger for mailboxes that are named', async () => {
    const { transport } = await placed();
    const elsewhere = await createRunner({ transport });
    const report = await passTime(elsewhere.retract(RUN, { mailboxes: addresses(4) }));
    expect(report.counts).toMatchObject({ rows: 4, done: 4 });
    expect([ONE, TWO, THREE].map((one) => transport.stored(one).length)).toEqual([0, 0, 0]);
  });

  it('is refused for a run that nobody knows', async () => {
    const runner = await createRunner({ transport: fakeTransport(), ledger: memoryLedger() });
    await expect(runner.retract('summer')).rejects.toMatchObject({ code: 'run_unknown' });
  });

  it('asks nothing about those for whom nothing was sent', async () => {
    const [transport, ledger] = [fakeTransport(), memoryLedger()];
    await interrupted(transport, ledger);
    const runner = await createRunner({ transport, ledger });
    const finds = vi.spyOn(transport, 'find');
    await passTime(runner.retract(ID));
    expect(itemsIn(transport)).toEqual(Array.from({ length: 20 }, () => 0));
    expect(finds.mock.calls.length).toBeLessThan(13);
  });
});

describe('a removal that does not succeed at once', () => {
  it.each([
    ['deferred', deferred],
    ['of which nobody knows', unseen],
    ['that was done, although its answer was lost', { ...unseen, stored: true }],
  ])('%s is tried again', async (_name, answer) => {
    const { transport, ledger, runner } = await placed({}, ({ verb, nth }) =>
      verb === 'remove' && nth === 1 ? answer : undefined,
    );
    const report = await passTime(runner.retract(RUN));
    expect(report.counts).toMatchObject({ done: 3, unknown: 0, deferred: 0 });
    expect([ONE, TWO, THREE].map((one) => transport.stored(one).length)).toEqual([0, 0, 0]);
    expect((await rowsOf(ledger, RUN)).map(({ state }) => state)).toEqual(['removed', 'removed', 'removed']);
  });

  it('is reported, and done by the next call', async () => {
    let isDenied = true;
    const { transport, ledger, runner } = await placed({}, ({ verb, mailbox }) =>
      verb === 'remove' && mailbox.id === TWO && isDenied ? rejected('ErrorAccessDenied') : undefined,
    );
    const report = await passTime(runner.retract(RUN));
    expect(report.counts).toMatchObject({ done: 2, rejected: 1 });
    expect(report.failures).toMatchObject([{ mailbox: TWO, kind: 'rejected' }]);
    expect((await rowsOf(ledger, RUN))[1]).toMatchObject({ state: 'rejected', receipt: {} });
    isDenied = false;
    const again = await passTime(runner.retract(RUN));
    expect(again.counts).toMatchObject({ done: 1, rejected: 0 });
    expect(transport.stored(TWO)).toEqual([]);
  });

  it('waits for what a crashed run may still have under way', async () => {
    const { transport, ledger, runner } = await placed();
    // As a process leaves it that dies while it saves: claimed, and stored later.
    await ledger.assign(RUN, 'place');
    await ledger.claim(RUN, { id: 'dead', name: 'dead' }, 3, 90_000);
    const report = await passTime(runner.retract(RUN));
    expect(report.counts.done).toBe(3);
    expect(transport.stored(ONE)).toEqual([]);
  });
});

describe('a retraction that is interrupted', () => {
  it('is continued by the next', async () => {
    const [transport, ledger] = [fakeTransport(), memoryLedger()];
    const runner = await createRunner({ transport, ledger, maxInFlight: 2 });
    await passTime(runner.run({ id: ID, mailboxes: addresses(20), factory: lesson }));
    const abort = new AbortController();
    const onPlacement = ({ row }: PlacementRecord): void => (row === 10 ? abort.abort() : undefined);
    const first = await passTime(runner.retract(ID, { signal: abort.signal, onPlacement }));
    expect(first.stopped).toMatchObject({ code: 'aborted' });
    expect(itemsIn(transport).filter((items) => items === 1).length).toBeGreaterThan(5);
    await expect(runner.run({ id: ID, factory: lesson })).rejects.toMatchObject({ code: 'run_retracted' });
    const second = await passTime(runner.retract(ID));
    expect(second.stopped).toBeUndefined();
    expect(itemsIn(transport)).toEqual(Array.from({ length: 20 }, () => 0));
    expect((await rowsOf(ledger, ID)).map(({ state }) => state)).toEqual(Array.from({ length: 20 }, () => 'removed'));
  });
});
