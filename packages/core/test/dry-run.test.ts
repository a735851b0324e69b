import { createRunner, type LifecycleEvents, memoryLedger, type RunLedger } from '@appointed/core';
import { type FakeTransport, fakeTransport } from '@appointed/testkit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addresses, lesson, lessonWith } from './lesson.js';
import { meetingOf } from './meetings.js';
import { passTime, stopTime } from './passing-time.js';
import { ONE, placed, RUN, THREE, TWO } from './placed.js';
import { rowsOf } from './rows-of.js';
import { deferred } from './scripted-outcomes.js';

beforeEach(stopTime);
afterEach(() => {
  vi.useRealTimers();
});

/** What there is to be written. */
function written({ saves, updates, removals }: FakeTransport): number {
  return saves.length + updates.length + removals.length;
}

async function contentsOf(ledger: RunLedger, runId: string): Promise<unknown> {
  for await (const manifest of ledger.runs())
    if (manifest.runId === runId) return [manifest, await rowsOf(ledger, runId)];
  return undefined;
}

describe('a dry run', () => {
  it('says what would be done, and neither the server nor the ledger has changed', async () => {
    const [transport, ledger] = [fakeTransport({ denied: [] }), memoryLedger()];
    const runner = await createRunner({ transport, ledger });
    const starts: LifecycleEvents['runStarted'][] = [];
    runner.on('runStarted', (event) => starts.push(event));
    const mailboxes = ['no address', ...addresses(30)];
    const report = await passTime(runner.run({ id: RUN, mailboxes, factory: meetingOf(1), dryRun: true }));
    expect(report).toMatchObject({ isDryRun: true, counts: { rows: 31, skipped: 1, done: 30 } });
    expect(starts).toMatchObject([{ isDryRun: true, isContinued: false }]);
    expect(written(transport)).toBe(0);
    expect(await contentsOf(ledger, RUN)).toBeUndefined();
  });

  it('is told from a real one', async () => {
    const runner = await createRunner({ transport: fakeTransport() });
    const starts: LifecycleEvents['runStarted'][] = [];
    runner.on('runStarted', (event) => starts.push(event));
    const report = await passTime(runner.run({ mailboxes: addresses(1), factory: lesson }));
    expect([report.isDryRun, starts[0]?.isDryRun]).toEqual([false, false]);
  });

  it('meets the guards: nobody would be invited', async () => {
    const transport = fakeTransport();
    const runner = await createRunner({ transport });
    const options = { mailboxes: addresses(6), factory: meetingOf(1), dryRun: true, maxInvitations: 5 };
    const report = await passTime(runner.run(options));
    expect(report).toMatchObject({ stopped: { code: 'too_many_invitations' }, counts: { done: 0, deferred: 6 } });
  });

  it('looks, and finds who has it already', async () => {
    const transport = fakeTransport();
    const other = await createRunner({ transport });
    await passTime(other.run({ id: RUN, mailboxes: addresses(2), factory: lesson }));
    const runner = await createRunner({ transport, ledger: memoryLedger() });
    const found: number[] = [];
    runner.on('placementFound', ({ row }) => found.push(row));
    const options = { id: RUN, mailboxes: addresses(3), factory: lesson, dryRun: true };
    const report = await passTime(runner.run(options));
    expect(found.toSorted()).toEqual([1, 2]);
    expect(report.counts.done).toBe(3);
    expect(transport.saves).toHaveLength(2);
  });

  it('of a run that goes on while another process works on it disturbs nobody', async () => {
    const [transport, ledger] = [fakeTransport(), memoryLedger()];
    const runner = await createRunner({ transport, ledger });
    const options = { id: RUN, mailboxes: [...addresses(5)], factory: lesson };
    const both = [runner.run(options), runner.run({ ...options, dryRun: true })];
    const [real, dry] = await passTime(Promise.all(both));
    expect(real?.counts).toMatchObject({ done: 5 });
    expect(dry?.isDryRun).toBe(true);
    expect(transport.saves).toHaveLength(5);
  });

  it('of a run that nobody knows is refused like a real one', async () => {
    const runner = await createRunner({ transport: fakeTransport(), ledger: memoryLedger() });
    const options = { factory: lesson, dryRun: true };
    await expect(runner.run({ id: RUN, ...options })).rejects.toMatchObject({ code: 'run_unknown' });
    await expect(runner.revise(RUN, options)).rejects.toMatchObject({ code: 'run_unknown' });
    await expect(runner.retract(RUN, { dryRun: true })).rejects.toMatchObject({ code: 'run_unknown' });
  });
});

describe('a dry continuation', () => {
  it('of a run of any length starts from where it stands: settled, resting and waiting', async () => {
    const ledger = memoryLedger();
    const transport = fakeTransport({
      script: ({ verb, nth, mailbox }) =>
        verb === 'save' && nth === 1 && mailbox.id.endsWith('0@contoso.com') ? deferred : undefined,
    });
    const runner = await createRunner({ transport, ledger });
    const abort = new AbortController();
    const options = { id: RUN, lookup: 'never', mailboxes: [...addresses(700)], factory: lesson } as const;
    const onPlacement = ({ row }: { readonly row: number }): void => (row === 600 ? abort.abort() : undefined);
    // 600 is put off at first: at 601 most of them are placed, the others rest.
    runner.on('placementSaved', ({ row }) => (row === 601 ? abort.abort() : undefined));
    const first = await passTime(runner.run({ ...options, onPlacement, signal: abort.signal }));
    expect(first.counts.deferred).toBeGreaterThan(0);
    vi.setSystemTime(Date.now() + 3_600_000);
    const before = await contentsOf(ledger, RUN);
    const saves = transport.saves.length;
    const dry = await passTime(runner.run({ ...options, dryRun: true }));
    expect(dry.counts).toMatchObject({ already: first.counts.done, done: 700 - first.counts.done, deferred: 0 });
    expect(transport.saves).toHaveLength(saves);
    expect(await contentsOf(ledger, RUN)).toEqual(before);
    const real = await passTime(runner.run(options));
    expect(real.counts).toEqual(dry.counts);
  });

  it('revises, takes back and reconciles as if, and nothing has changed', async () => {
    const { transport, ledger, runner } = await placed();
    const before = await contentsOf(ledger, RUN);
    const count = written(transport);
    const revised = await passTime(runner.revise(RUN, { factory: lessonWith({ subject: 'Later' }), dryRun: true }));
    expect(revised).toMatchObject({ isDryRun: true, verb: 'revise', counts: { done: 3 } });
    const retracted = await passTime(runner.retract(RUN, { dryRun: true }));
    expect(retracted).toMatchObject({ isDryRun: true, verb: 'retract', counts: { done: 3 } });
    const list = { mailboxes: [ONE, 'new@contoso.com'], factory: lesson, leavers: 'remove', dryRun: true } as const;
    const reconciled = await passTime(runner.reconcile(RUN, list));
    expect(reconciled).toMatchObject({ isDryRun: true, counts: { rows: 2, already: 1, done: 3 } });
    expect(written(transport)).toBe(count);
    expect([ONE, TWO, THREE].map((one) => transport.stored(one).length)).toEqual([1, 1, 1]);
    expect(await contentsOf(ledger, RUN)).toEqual(before);
    // Its id is not closed.
    expect((await passTime(runner.run({ id: RUN, factory: lesson }))).counts.already).toBe(3);
  });
});
