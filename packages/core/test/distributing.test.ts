import { AppointedError, type IAppointmentFactory, type Mark, memoryLedger } from '@appointed/core';
import { type FakeTransport, fakeTransport } from '@appointed/testkit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addresses, lesson, lessonWith } from './lesson.js';
import { meetingOf } from './meetings.js';
import { passTime, stopTime } from './passing-time.js';
import { deferred, lost, rejected } from './scripted-outcomes.js';
import { workforce } from './workforce.js';

const ID = 'spring';
const FIRST: IAppointmentFactory = { ...lesson, version: '1' };
const MATCH: IAppointmentFactory = { ...lessonWith({ subject: 'Match' }), version: '2' };
const MEETING: IAppointmentFactory = { ...meetingOf(2), version: '1' };

beforeEach(stopTime);
afterEach(() => {
  vi.useRealTimers();
});

function itemsIn(transport: FakeTransport, count: number): readonly number[] {
  return [...addresses(count)].map((address) => transport.stored(address).length);
}

function subjectsIn(transport: FakeTransport, count: number): readonly (string | undefined)[] {
  return [...addresses(count)].map((address) => transport.stored(address)[0]?.subject);
}

describe('a run whose work is distributed', () => {
  it('places one appointment in each calendar, and tells of it', async () => {
    const transport = fakeTransport();
    const runner = await workforce(transport, memoryLedger(), { default: FIRST });
    let saved = 0;
    runner.on('placementSaved', () => (saved += 1));
    const report = await passTime(runner.run({ id: ID, mailboxes: addresses(1050), factory: FIRST }));
    expect(report).toMatchObject({ counts: { rows: 1050, done: 1050 }, failures: [] });
    expect(report.stopped).toBeUndefined();
    expect(itemsIn(transport, 1050)).toEqual(Array(1050).fill(1));
    expect(saved).toBe(1050);
  });

  it('gives a part of few mailboxes to each worker', async () => {
    const transport = fakeTransport();
    const shares: number[] = [];
    const runner = await workforce(transport, memoryLedger(), { default: FIRST }, async (work, order) => {
      const report = await work(order);
      shares.push(report.ended);
      return report;
    });
    await passTime(runner.run({ id: ID, mailboxes: addresses(100), factory: FIRST }));
    expect(shares.filter((ended) => ended > 0).length).toBeGreaterThan(1);
    expect(Math.max(...shares)).toBeLessThan(100);
  });

  it('counts what a worker did that died before it could report', async () => {
    const transport = fakeTransport();
    const runner = await workforce(transport, memoryLedger(), { default: FIRST }, async (work, order, nth) => {
      if (nth % 3 === 1) return undefined;
      const report = await work(order);
      return nth % 3 === 2 ? undefined : report;
    });
    const report = await passTime(runner.run({ id: ID, mailboxes: addresses(1000), factory: FIRST }));
    expect(report.counts).toMatchObject({ done: 1000, deferred: 0, unknown: 0 });
    expect(itemsIn(transport, 1000)).toEqual(Array(1000).fill(1));
  });

  it('tries again what was deferred, looks up what was lost, and says what was rejected', async () => {
    const transport = fakeTransport({
      script: ({ verb, mailbox, nth }) => {
        if (verb !== 'save') return undefined;
        if (mailbox.id === 'person-7@contoso.com') return rejected('ErrorQuotaExceeded');
        if (nth === 1 && mailbox.id.startsWith('person-1')) return deferred;
        return nth === 1 && mailbox.id.startsWith('person-2') ? lost : undefined;
      },
    });
    const runner = await workforce(transport, memoryLedger(), { default: FIRST });
    const report = await passTime(runner.run({ id: ID, mailboxes: addresses(300), factory: FIRST }));
    expect(report.counts).toMatchObject({ done: 299, rejected: 1 });
    expect(report.failures).toMatchObject([{ row: 7, kind: 'rejected', error: { code: 'server_rejected' } }]);
    expect(itemsIn(transport, 300)).toEqual(Array.from({ length: 300 }, (_, n) => (n === 6 ? 0 : 1)));
  });

  it('is revised, brought in line with another list, and taken back', async () => {
    const transport = fakeTransport();
    const ledger = memoryLedger();
    const runner = await workforce(transport, ledger, { default: MATCH });
    const placing = await workforce(transport, ledger, { default: FIRST });
    await passTime(placing.run({ id: ID, mailboxes: addresses(30), factory: FIRST }));
    const revised = await passTime(runner.revise(ID, { factory: MATCH }));
    expect(revised.counts).toMatchObject({ done: 30, skipped: 0 });
    expect(subjectsIn(transport, 30)).toEqual(Array(30).fill('Match'));
    const some = [...addresses(40)].slice(10);
    const options = { mailboxes: some, factory: MATCH, leavers: 'remove', maxLeavers: 10 } as const;
    const reconciled = await passTime(runner.reconcile(ID, options));
    expect(reconciled.counts).toMatchObject({ rows: 30, already: 20, done: 20 });
    expect(itemsIn(transport, 40)).toEqual([...Array(10).fill(0), ...Array(30).fill(1)]);
    const retracted = await passTime(runner.retract(ID));
    expect(retracted.counts).toMatchObject({ done: 30, rejected: 0 });
    expect(itemsIn(transport, 40)).toEqual(Array(40).fill(0));
    await expect(runner.run({ id: ID, mailboxes: some, factory: MATCH })).rejects.toMatchObject({
      code: 'run_retracted',
    });
  });

  it('leaves alone what was still open of those who have left the list', async () => {
    const ledger = memoryLedger();
    const refusing = fakeTransport({ script: () => deferred });
    const first = await workforce(refusing, ledger, { default: FIRST });
    await passTime(first.run({ id: ID, mailboxes: addresses(4), factory: FIRST, maxAttempts: 1 }));
    const transport = fakeTransport();
    const runner = await workforce(transport, ledger, { default: FIRST });
    const two = [...addresses(4)].slice(2);
    await passTime(runner.reconcile(ID, { mailboxes: two, factory: FIRST }));
    expect(itemsIn(transport, 4)).toEqual([0, 0, 1, 1]);
  });

  it('mails nothing when all invitations together are too many', async () => {
    const transport = fakeTransport();
    const runner = await workforce(transport, memoryLedger(), { default: MEETING });
    const run = runner.run({ id: ID, mailboxes: addresses(250), factory: MEETING, maxInvitations: 499 });
    const report = await passTime(run);
    expect(report.stopped).toMatchObject({ code: 'too_many_invitations' });
    expect(transport.saves).toEqual([]);
  });

  it('mails all invitations once they are counted, also those that a dead worker could not report', async () => {
    const transport = fakeTransport();
    const runner = await workforce(transport, memoryLedger(), { default: MEETING }, async (work, order, nth) => {
      const report = await work(order);
      return nth === 2 ? undefined : report;
    });
    const run = runner.run({ id: ID, mailboxes: addresses(250), factory: MEETING, maxInvitations: 500 });
    const report = await passTime(run);
    expect(report.stopped).toBeUndefined();
    expect(itemsIn(transport, 250)).toEqual(Array(250).fill(1));
  });

  it('is refused by a worker that has another version of the factory, and says so', async () => {
    const transport = fakeTransport();
    const runner = await workforce(transport, memoryLedger(), { default: MATCH });
    const report = await passTime(runner.run({ id: ID, mailboxes: addresses(3), factory: FIRST }));
    expect(report.stopped).toMatchObject({ code: 'factory_changed', field: 'factories.default' });
    expect(transport.saves).toEqual([]);
    expect(report.counts).toMatchObject({ rows: 3, done: 0 });
  });

  it('goes on when one worker has lost its ledger, and stops when all have', async () => {
    const stopped = new AppointedError('ledger_failed', 'it is not there');
    const failed = { taken: 0, ended: 0, rejected: 0, duplicates: 0, heldBack: [], stopped };
    const transport = fakeTransport();
    const half = await workforce(transport, memoryLedger(), { default: FIRST }, async (work, order, nth) =>
      nth % 2 === 0 ? failed : work(order),
    );
    const report = await passTime(half.run({ id: ID, mailboxes: addresses(1000), factory: FIRST }));
    expect(report).toMatchObject({ counts: { done: 1000 } });
    expect(report.stopped).toBeUndefined();
    const none = await workforce(transport, memoryLedger(), { default: FIRST }, async () => failed);
    const second = await passTime(none.run({ id: ID, mailboxes: addresses(3), factory: FIRST }));
    expect(second.stopped).toMatchObject({ code: 'ledger_failed' });
  });

  it('leaves to others what they have claimed while a worker was stalled', async () => {
    let saves = 0;
    const transport = fakeTransport({
      script: ({ verb }) => {
        // The process was asleep for an hour, with placements claimed and not begun.
        if (verb === 'save' && (saves += 1) === 60) vi.setSystemTime(Date.now() + 3_600_000);
        return {};
      },
    });
    const ledger = memoryLedger();
    const mark = ledger.mark.bind(ledger);
    let lost = 0;
    Object.assign(ledger, {
      durable: true,
      mark: async (marks: readonly Mark[]) => {
        await mark(marks);
        // As a ledger says whose placements were claimed by somebody else.
        if (marks.length < 2) return;
        lost += 1;
        throw new AppointedError('claim_lost', 'somebody else has them');
      },
    });
    const runner = await workforce(transport, ledger, { default: FIRST });
    // The whole list is enrolled first: each worker has claimed more than it has begun.
    const list = { mailboxes: addresses(500), maxMailboxes: 500 };
    const report = await passTime(runner.run({ id: ID, ...list, factory: FIRST }));
    expect(lost).toBeGreaterThan(0);
    expect(report.stopped).toBeUndefined();
    expect(report.counts.done).toBe(500);
  });

  it('stops when its caller aborts it', async () => {
    const abort = new AbortController();
    const transport = fakeTransport({ script: ({ verb }) => (verb === 'save' ? { after: 'never' } : undefined) });
    const runner = await workforce(transport, memoryLedger(), { default: FIRST });
    runner.on('placementStarted', () => abort.abort());
    const run = runner.run({ id: ID, mailboxes: addresses(300), factory: FIRST, signal: abort.signal });
    const report = await passTime(run);
    expect(report.stopped).toMatchObject({ code: 'aborted' });
    expect(report.counts.unknown).toBeGreaterThan(0);
    expect(report.counts.done).toBe(0);
  });

  it('is continued by another runner', async () => {
    const pause = new AbortController();
    const ledger = memoryLedger();
    const transport = fakeTransport();
    const runner = await workforce(transport, ledger, { default: FIRST });
    runner.on('placementSaved', () => pause.abort());
    const options = { mailboxes: [...addresses(500)], factory: FIRST };
    const first = await passTime(runner.run({ id: ID, ...options, pause: pause.signal }));
    expect(first.stopped).toMatchObject({ code: 'paused' });
    const second = await passTime((await workforce(transport, ledger, { default: FIRST })).resume(ID, options));
    expect(second.counts.done + first.counts.done).toBe(500);
    expect(second.counts.already).toBe(first.counts.done);
    expect(itemsIn(transport, 500)).toEqual(Array(500).fill(1));
  });

  it('takes no option that only one process can have, and no factory without version', async () => {
    const runner = await workforce(fakeTransport(), memoryLedger(), { default: FIRST });
    const options = { id: ID, mailboxes: addresses(3), factory: FIRST };
    await expect(runner.run({ ...options, canary: { mailboxes: 1 } })).rejects.toMatchObject({ field: 'canary' });
    await expect(runner.run({ ...options, onPlacement: () => undefined })).rejects.toMatchObject({
      code: 'unsupported',
      field: 'onPlacement',
    });
    await expect(runner.run({ ...options, factory: lesson })).rejects.toMatchObject({ field: 'factory' });
  });
});
