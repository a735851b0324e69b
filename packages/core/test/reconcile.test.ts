import {
  createRunner,
  type ImpersonationRunner,
  memoryLedger,
  parseMailbox,
  type ReconcileOptions,
  type RunLedger,
  type RunReport,
} from '@appointed/core';
import { type FakeAnswer, type FakeTransport, fakeTransport } from '@appointed/testkit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addresses, lesson } from './lesson.js';
import { meetingOf, toldBy } from './meetings.js';
import { passTime, stopTime } from './passing-time.js';
import { itemOf, ONE, placed, RUN, THREE, TWO } from './placed.js';
import { rowsOf } from './rows-of.js';
import { deferred, rejected } from './scripted-outcomes.js';

const NEW = 'new@contoso.com';

beforeEach(stopTime);
afterEach(() => {
  vi.useRealTimers();
});

function reconcile(
  runner: ImpersonationRunner,
  mailboxes: ReconcileOptions['mailboxes'],
  options: Partial<ReconcileOptions> = {},
): Promise<RunReport> {
  return passTime(runner.reconcile(RUN, { mailboxes, factory: lesson, ...options }));
}

function itemsOf(transport: FakeTransport, ...mailboxes: readonly string[]): readonly number[] {
  return mailboxes.map((mailbox) => transport.stored(mailbox).length);
}

/** A run over twenty mailboxes of which one, the first, has what it is to have; the others are put off or were never begun. */
async function hardlyBegun(): Promise<{ transport: FakeTransport; ledger: RunLedger; runner: ImpersonationRunner }> {
  const ledger = memoryLedger();
  let isBusy = true;
  const transport = fakeTransport({
    script: ({ verb, mailbox }): FakeAnswer | undefined =>
      verb === 'save' && isBusy && mailbox.id !== ONE ? deferred : undefined,
  });
  const runner = await createRunner({ transport, ledger, maxInFlight: 1 });
  const abort = new AbortController();
  runner.once('placementDeferred', () => abort.abort());
  const options = { id: RUN, lookup: 'never', mailboxes: addresses(20), factory: lesson } as const;
  await passTime(runner.run({ ...options, signal: abort.signal }));
  isBusy = false;
  return { transport, ledger, runner };
}

describe('reconciling a run with a list', () => {
  it('gives it to newcomers, takes it from leavers, and leaves the others untouched', async () => {
    const { transport, runner } = await placed();
    const item = itemOf(transport, ONE);
    const finds = vi.spyOn(transport, 'find');
    const told = toldBy(runner);
    const report = await reconcile(runner, [ONE, TWO, NEW], { leavers: 'remove', lookup: 'never' });
    expect(report).toMatchObject({ verb: 'reconcile', runId: RUN });
    expect(report.counts).toMatchObject({ rows: 3, already: 2, done: 2, skipped: 0, deferred: 0, rejected: 0 });
    expect(told.toSorted()).toEqual(['placementRemoved 3 default', 'placementSaved 3 default']);
    expect(itemsOf(transport, ONE, TWO, THREE, NEW)).toEqual([1, 1, 0, 1]);
    expect(itemOf(transport, ONE)).toBe(item);
    expect(finds.mock.calls.map(([{ id }]) => id)).toEqual([THREE]);
  });

  it('lets leavers keep what they have, unless told otherwise', async () => {
    const { transport, runner } = await placed();
    const report = await reconcile(runner, [ONE, NEW]);
    expect(report.counts).toMatchObject({ rows: 2, already: 3, done: 1 });
    expect(itemsOf(transport, ONE, TWO, THREE, NEW)).toEqual([1, 1, 1, 1]);
    expect(transport.removals).toEqual([]);
  });

  it('repeated, changes nothing', async () => {
    const { transport, runner } = await placed();
    await reconcile(runner, [ONE, NEW], { leavers: 'remove' });
    const writes = [transport.saves.length, transport.removals.length];
    const report = await reconcile(runner, [ONE, NEW], { leavers: 'remove' });
    expect(report.counts).toMatchObject({ rows: 2, already: 4, done: 0 });
    expect([transport.saves.length, transport.removals.length]).toEqual(writes);
  });

  it('with nobody takes it from all, and the run stays open', async () => {
    const { transport, runner } = await placed();
    const report = await reconcile(runner, [], { leavers: 'remove' });
    expect(report.counts).toMatchObject({ rows: 0, already: 0, done: 3 });
    expect(itemsOf(transport, ONE, TWO, THREE)).toEqual([0, 0, 0]);
    expect((await reconcile(runner, [ONE])).counts.done).toBe(1);
  });

  it('reads the list to its end before it places or removes anything, and does nothing if that fails', async () => {
    const { transport, ledger, runner } = await placed();
    function* failing(): Generator<string> {
      yield NEW;
      throw new Error('file is gone');
    }
    const report = await reconcile(runner, failing(), { leavers: 'remove' });
    expect(report).toMatchObject({ stopped: { code: 'mailboxes_failed' }, counts: { rows: 1, done: 0 } });
    expect(itemsOf(transport, ONE, TWO, THREE, NEW)).toEqual([1, 1, 1, 0]);
    expect((await rowsOf(ledger, RUN)).filter(({ task }) => task === 'remove')).toEqual([]);
  });

  it('of a run that the ledger does not know is refused', async () => {
    const runner = await createRunner({ transport: fakeTransport(), ledger: memoryLedger() });
    await expect(reconcile(runner, [ONE])).rejects.toMatchObject({ code: 'run_unknown' });
  });

  it.each<[string, object, string]>([
    ['no list', { mailboxes: undefined }, 'mailboxes'],
    ['something else for leavers', { leavers: 'drop' }, 'leavers'],
    ['an id', { id: 'other' }, 'id'],
    ['a plan', { plan: 'x' }, 'plan'],
    ['a canary', { canary: { mailboxes: 1 } }, 'canary'],
    ['what is no option', { leaver: 'remove' }, 'leaver'],
  ])('refuses %s', async (_what, options, field) => {
    const { runner } = await placed();
    await expect(reconcile(runner, [ONE], options as ReconcileOptions)).rejects.toMatchObject({
      code: 'invalid_options',
      field,
    });
  });

  it('with several slots gives and takes all of them', async () => {
    const [transport, ledger] = [fakeTransport(), memoryLedger()];
    const runner = await createRunner({ transport, ledger });
    const factories = { a: lesson, b: meetingOf(1) };
    await passTime(runner.run({ id: RUN, mailboxes: [ONE, TWO], factories }));
    const options = { mailboxes: [ONE, NEW], factories, leavers: 'remove' } as const;
    const report = await passTime(runner.reconcile(RUN, options));
    expect(report.counts).toMatchObject({ rows: 2, already: 2, done: 4 });
    expect(itemsOf(transport, ONE, TWO, NEW)).toEqual([2, 0, 2]);
  });
});

describe('the guards of a reconciliation', () => {
  it('refuse a list that is too long: nobody gets or loses anything', async () => {
    const { transport, ledger, runner } = await placed();
    const before = await rowsOf(ledger, RUN);
    const report = await reconcile(runner, addresses(50), { leavers: 'remove', maxMailboxes: 10 });
    expect(report.stopped).toMatchObject({ code: 'too_many_mailboxes' });
    expect(await rowsOf(ledger, RUN)).toEqual(before);
    expect(transport.saves).toHaveLength(3);
  });

  it('count the invitations of newcomers only', async () => {
    const { transport, runner } = await placed({ requiredAttendees: ['trainer@contoso.com'] });
    const options = { factory: meetingOf(1), leavers: 'remove' } as const;
    const over = await reconcile(runner, [ONE, 'a@contoso.com', 'b@contoso.com'], { ...options, maxInvitations: 1 });
    expect(over.stopped).toMatchObject({ code: 'too_many_invitations' });
    expect(itemsOf(transport, 'a@contoso.com', 'b@contoso.com')).toEqual([0, 0]);
    const within = await reconcile(runner, [ONE, 'a@contoso.com', 'b@contoso.com'], { ...options, maxInvitations: 2 });
    expect(within).not.toHaveProperty('stopped');
    expect(itemsOf(transport, ONE, TWO, THREE, 'a@contoso.com', 'b@contoso.com')).toEqual([1, 0, 0, 1, 1]);
  });
});

describe('who had left and is back', () => {
  it('is placed under another key, however often', async () => {
    const { transport, ledger, runner } = await placed();
    for (let round = 1; round <= 3; round += 1) {
      await reconcile(runner, [ONE, TWO], { leavers: 'remove' });
      expect(itemsOf(transport, THREE)).toEqual([0]);
      const report = await reconcile(runner, [ONE, TWO, THREE], { leavers: 'remove' });
      expect(report.counts.done).toBe(1);
      expect(itemsOf(transport, ONE, TWO, THREE)).toEqual([1, 1, 1]);
    }
    const rows = (await rowsOf(ledger, RUN)).filter(({ mailbox }) => mailbox.id === THREE);
    expect(rows.map(({ state }) => state)).toEqual(['removed', 'removed', 'removed', 'done']);
    expect(new Set(rows.map(({ key }) => key)).size).toBe(4);
  });

  it('is not placed by a run that is merely continued: what was taken back stays so', async () => {
    const { transport, runner } = await placed();
    await reconcile(runner, [ONE, TWO], { leavers: 'remove' });
    await passTime(runner.run({ id: RUN, mailboxes: addresses(3), factory: lesson }));
    expect(itemsOf(transport, ONE, TWO, THREE)).toEqual([1, 1, 0]);
  });

  it('is known to those who do not have the ledger: booked once, and taken back', async () => {
    const { transport, runner } = await placed();
    await reconcile(runner, [ONE, TWO], { leavers: 'remove' });
    await reconcile(runner, [ONE, TWO, THREE]);
    const elsewhere = await createRunner({ transport });
    await passTime(elsewhere.run({ id: RUN, mailboxes: addresses(3), factory: lesson }));
    expect(itemsOf(transport, ONE, TWO, THREE)).toEqual([1, 1, 1]);
    await passTime(elsewhere.retract(RUN, { mailboxes: addresses(3) }));
    expect(itemsOf(transport, ONE, TWO, THREE)).toEqual([0, 0, 0]);
  });

  it('is not taken for many when a list is too short: nothing is changed', async () => {
    const { transport, runner } = await placed();
    const report = await reconcile(runner, [], { leavers: 'remove', maxLeavers: 2 });
    expect(report.stopped).toMatchObject({ code: 'too_many_leavers', field: 'maxLeavers' });
    expect(itemsOf(transport, ONE, TWO, THREE)).toEqual([1, 1, 1]);
    await reconcile(runner, [], { leavers: 'remove', maxLeavers: 3 });
    expect(itemsOf(transport, ONE, TWO, THREE)).toEqual([0, 0, 0]);
  });

  it('is booked once who has taken the old one out of the deleted items', async () => {
    const { transport, runner } = await placed();
    const key = transport.stored(THREE)[0]?.key ?? '';
    await reconcile(runner, [ONE, TWO], { leavers: 'remove' });
    const call = { signal: new AbortController().signal, sendBy: Date.now() + 1000, timeoutMs: 1000 };
    const found = await passTime(transport.find(parseMailbox(THREE, 3), [key], call));
    const deleted = found.kind === 'done' ? found.value[0]?.itemId : undefined;
    transport.owner.move(THREE, deleted ?? '');
    await reconcile(runner, [ONE, TWO, THREE]);
    expect(itemsOf(transport, ONE, TWO, THREE)).toEqual([1, 1, 1]);
    await passTime(runner.retract(RUN));
    expect(itemsOf(transport, ONE, TWO, THREE)).toEqual([0, 0, 0]);
  });

  it('before it was removed keeps it: a reconciliation with the wrong list is stopped, and mended by the right one', async () => {
    const [transport, ledger] = [fakeTransport(), memoryLedger()];
    const runner = await createRunner({ transport, ledger, maxInFlight: 1 });
    const mailboxes = [...addresses(20)];
    await passTime(runner.run({ id: RUN, mailboxes, factory: lesson }));
    const items = mailboxes.map((mailbox) => itemOf(transport, mailbox));
    const abort = new AbortController();
    const removed: string[] = [];
    runner.on('placementRemoved', ({ mailbox }) => {
      if (removed.push(mailbox.id) === 5) abort.abort();
    });
    const wrong = await reconcile(runner, [NEW], { leavers: 'remove', signal: abort.signal });
    expect(wrong.stopped).toMatchObject({ code: 'aborted' });
    const right = await reconcile(runner, mailboxes, { leavers: 'remove' });
    expect(right).not.toHaveProperty('stopped');
    expect(itemsOf(transport, ...mailboxes)).toEqual(Array(20).fill(1));
    const kept = mailboxes.filter((mailbox, n) => itemOf(transport, mailbox) === items[n]);
    expect(kept).toHaveLength(20 - removed.filter((id) => id !== NEW).length);
    expect(itemsOf(transport, NEW)).toEqual([0]);
  });
});

describe('who has left before it was placed', () => {
  it.each(['keep', 'remove'] as const)('gets nothing, now and later: %s', async (leavers) => {
    const { transport, runner } = await hardlyBegun();
    const report = await reconcile(runner, [ONE, NEW], { leavers });
    expect(report).not.toHaveProperty('stopped');
    expect(report.counts).toMatchObject({ rows: 2, already: 1, deferred: 0, rejected: 0, unknown: 0 });
    const others = [...addresses(20)].slice(1);
    expect(itemsOf(transport, ONE, NEW)).toEqual([1, 1]);
    expect(itemsOf(transport, ...others)).toEqual(Array(19).fill(0));
    // Whoever continues the run without a list means the list of the reconciliation.
    const resumed = await passTime(runner.resume(RUN, { factory: lesson }));
    expect(resumed.counts).toMatchObject({ done: 0, deferred: 0 });
    expect(itemsOf(transport, ...others)).toEqual(Array(19).fill(0));
  });

  it('gets nothing when the meetings of newcomers, which were held back, are released', async () => {
    const [transport, ledger] = [fakeTransport(), memoryLedger()];
    const runner = await createRunner({ transport, ledger });
    const options = { id: RUN, mailboxes: addresses(3), factory: meetingOf(1), maxInvitations: 2 };
    const over = await passTime(runner.run(options));
    expect(over.stopped).toMatchObject({ code: 'too_many_invitations' });
    const report = await reconcile(runner, [ONE, NEW], { factory: meetingOf(1), leavers: 'remove' });
    expect(report).not.toHaveProperty('stopped');
    expect(itemsOf(transport, ONE, TWO, THREE, NEW)).toEqual([1, 0, 0, 1]);
  });

  it('gets it when it is back', async () => {
    const { transport, runner } = await hardlyBegun();
    await reconcile(runner, [ONE]);
    await reconcile(runner, addresses(20));
    expect(itemsOf(transport, ...addresses(20))).toEqual(Array(20).fill(1));
  });
});

describe('a leaver that cannot be removed', () => {
  it('is counted, told, and removed by the next reconciliation', async () => {
    let isBusy = true;
    const { transport, runner } = await placed({}, ({ verb }) => (verb === 'remove' && isBusy ? deferred : undefined));
    const first = await reconcile(runner, [ONE, TWO], { leavers: 'remove', maxAttempts: 2 });
    expect(first.counts).toMatchObject({ rows: 2, already: 2, deferred: 1, done: 0 });
    expect(itemsOf(transport, THREE)).toEqual([1]);
    isBusy = false;
    const second = await reconcile(runner, [ONE, TWO], { leavers: 'remove' });
    expect(second.counts).toMatchObject({ already: 2, done: 1 });
    expect(itemsOf(transport, THREE)).toEqual([0]);
  });

  it('keeps it when it is back, and is not booked twice', async () => {
    const { transport, runner } = await placed({}, ({ verb }) =>
      verb === 'remove' ? rejected('ErrorAccessDenied') : undefined,
    );
    const item = itemOf(transport, THREE);
    const first = await reconcile(runner, [ONE, TWO], { leavers: 'remove' });
    expect(first.counts).toMatchObject({ rejected: 1 });
    const second = await reconcile(runner, addresses(3), { leavers: 'remove' });
    expect(second.counts).toMatchObject({ rows: 3, already: 2, done: 1 });
    expect(itemOf(transport, THREE)).toBe(item);
  });

  it('was deleted by its owner: it is gone, and that is done', async () => {
    const { transport, runner } = await placed();
    transport.owner.delete(THREE, itemOf(transport, THREE));
    const report = await reconcile(runner, [ONE, TWO], { leavers: 'remove' });
    expect(report.counts).toMatchObject({ already: 2, done: 1 });
    expect(transport.removals).toEqual([]);
  });
});
