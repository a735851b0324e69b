import { createRunner, memoryLedger, type RunOptions, type RunReport } from '@appointed/core';
import { type FakeTransport, fakeTransport } from '@appointed/testkit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addresses, lesson } from './lesson.js';
import { meetingOf, toldBy } from './meetings.js';
import { passTime, stopTime } from './passing-time.js';
import { deferred, lost, rejected } from './scripted-outcomes.js';

const ID = 'spring';

beforeEach(stopTime);
afterEach(() => {
  vi.useRealTimers();
});

/** Who has something, by their numbers. */
function served(transport: FakeTransport, count = 20): readonly number[] {
  const numbers = Array.from({ length: count }, (_, n) => n + 1);
  return numbers.filter((n) => transport.stored(`person-${n}@contoso.com`).length > 0);
}

function itemsIn(transport: FakeTransport, count = 20): readonly number[] {
  return [...addresses(count)].map((address) => transport.stored(address).length);
}

function upTo(count: number): readonly number[] {
  return Array.from({ length: count }, (_, n) => n + 1);
}

describe('a canary', () => {
  it('that nobody is asked about stops the run, and it is continued without one', async () => {
    const [transport, ledger] = [fakeTransport(), memoryLedger()];
    const runner = await createRunner({ transport, ledger });
    const options = { id: ID, mailboxes: [...addresses(20)], factory: lesson };
    const first = await passTime(runner.run({ ...options, canary: { mailboxes: 3 } }));
    expect(first.stopped).toMatchObject({ code: 'not_approved', field: 'canary' });
    expect(first.counts).toMatchObject({ rows: 3, done: 3 });
    expect(served(transport)).toEqual(upTo(3));
    await expect(runner.run({ id: ID, factory: lesson })).rejects.toMatchObject({ code: 'audience_incomplete' });
    const second = await passTime(runner.run(options));
    expect(second.counts).toMatchObject({ rows: 20, already: 3, done: 17 });
    expect(itemsIn(transport)).toEqual(Array(20).fill(1));
  });

  it.each<[string, Partial<RunOptions>]>([
    ['as the list is read', {}],
    ['in a list that is read first', { maxMailboxes: 20 }],
  ])('that is approved lets the others have their turn, %s', async (_how, more) => {
    const transport = fakeTransport();
    const runner = await createRunner({ transport, maxInFlight: 4 });
    const asked: [RunReport, readonly number[]][] = [];
    const approve = (report: RunReport): boolean => (asked.push([report, served(transport)]), true);
    const run = runner.run({ mailboxes: addresses(20), factory: lesson, canary: { mailboxes: 5, approve }, ...more });
    const report = await passTime(run);
    expect(asked).toHaveLength(1);
    expect(asked[0]?.[0]).toMatchObject({ counts: { done: 5 } });
    expect(asked[0]?.[1]).toEqual(upTo(5));
    expect(report.counts).toMatchObject({ rows: 20, done: 20 });
    expect(report).not.toHaveProperty('stopped');
    expect(itemsIn(transport)).toEqual(Array(20).fill(1));
  });

  it.each<[string, () => unknown]>([
    ['says no', () => false],
    ['promises a no', () => Promise.resolve(false)],
    ['says something else', () => 'yes'],
    ['says nothing', () => undefined],
    ['throws', () => raise()],
    ['rejects', () => Promise.reject(new Error('no'))],
  ])('stops the run when who is asked %s', async (_what, approve) => {
    const transport = fakeTransport();
    const runner = await createRunner({ transport });
    const canary = { mailboxes: 2, approve: approve as () => boolean };
    const report = await passTime(runner.run({ mailboxes: addresses(20), factory: lesson, canary, maxMailboxes: 20 }));
    expect(report).toMatchObject({ stopped: { code: 'not_approved' }, counts: { done: 2, deferred: 0 } });
    expect(served(transport)).toEqual([1, 2]);
  });

  it('is settled before anybody is asked: retries and look-ups, several slots, and what fails', async () => {
    const transport = fakeTransport({
      script: ({ verb, nth, mailbox }) => {
        if (verb !== 'save' || nth > 1) return undefined;
        return { 1: lost, 2: deferred, 3: rejected('ErrorQuotaExceeded') }[Number(/\d+/.exec(mailbox.id)?.[0])];
      },
    });
    const runner = await createRunner({ transport });
    const asked: RunReport[] = [];
    const canary = { mailboxes: 3, approve: (report: RunReport) => (asked.push(report), true) };
    const factories = { one: lesson, two: lesson };
    const report = await passTime(runner.run({ mailboxes: addresses(5), factories, canary }));
    expect(asked).toHaveLength(1);
    expect(asked[0]?.counts).toMatchObject({ done: 4, rejected: 2, unknown: 0, deferred: 0 });
    expect(report.counts).toMatchObject({ rows: 5, done: 8, rejected: 2 });
  });

  it('has its meetings mailed; those of the others are held back until the list has ended, and all are counted', async () => {
    const transport = fakeTransport();
    const runner = await createRunner({ transport });
    const canary = { mailboxes: 2, approve: () => true };
    const options = { factory: meetingOf(1), canary };
    const over = await passTime(runner.run({ ...options, mailboxes: addresses(6), maxInvitations: 5 }));
    expect(over.stopped).toMatchObject({ code: 'too_many_invitations' });
    expect(over.counts).toMatchObject({ done: 2, deferred: 4 });
    expect(served(transport)).toEqual([1, 2]);
    const within = await passTime(runner.run({ ...options, mailboxes: addresses(6), maxInvitations: 6 }));
    expect(within.counts).toMatchObject({ done: 6, deferred: 0 });
  });

  it('whose meetings the server defers does not count their attendees twice', async () => {
    const transport = fakeTransport({ script: ({ verb, nth }) => (verb === 'save' && nth < 3 ? deferred : undefined) });
    const runner = await createRunner({ transport });
    const canary = { mailboxes: 2, approve: () => true };
    const options = { mailboxes: addresses(4), factory: meetingOf(1), canary, maxInvitations: 4 };
    const report = await passTime(runner.run(options));
    expect(report).not.toHaveProperty('stopped');
    expect(report.counts.done).toBe(4);
  });

  it('of more mailboxes than there are is nothing to be asked about', async () => {
    const approve = vi.fn<() => boolean>(() => false);
    const runner = await createRunner({ transport: fakeTransport() });
    const options = { mailboxes: addresses(2), factory: meetingOf(1), canary: { mailboxes: 3, approve } };
    const report = await passTime(runner.run(options));
    expect(report.counts).toMatchObject({ done: 2 });
    expect(report).not.toHaveProperty('stopped');
    expect(approve).not.toHaveBeenCalled();
  });

  it('counts mailboxes that may have their turn, not rows', async () => {
    const transport = fakeTransport();
    const runner = await createRunner({ transport });
    const mailboxes = ['no address', 'person-9@contoso.com', ...addresses(4)];
    const options = { mailboxes, factory: lesson, canary: { mailboxes: 2 }, exclude: ['person-9@contoso.com'] };
    const report = await passTime(runner.run(options));
    expect(report.counts).toMatchObject({ rows: 4, skipped: 2, done: 2 });
    expect(served(transport)).toEqual([1, 2]);
  });

  it.each<[string, () => Partial<RunOptions>, string]>([
    ['is aborted', () => ({ signal: abortedIn(60_000) }), 'aborted'],
    ['runs out of time', () => ({ notAfter: new Date(Date.now() + 60_000) }), 'time_is_up'],
  ])('that is never answered ends with the call: it %s', async (_what, ending, code) => {
    const transport = fakeTransport();
    const runner = await createRunner({ transport });
    const canary = { mailboxes: 2, approve: () => new Promise<boolean>(() => undefined) };
    const report = await passTime(runner.run({ mailboxes: addresses(20), factory: lesson, canary, ...ending() }));
    expect(report).toMatchObject({ stopped: { code }, counts: { done: 2 } });
    expect(served(transport)).toEqual([1, 2]);
  });

  it('is asked about in a run without ledger, too', async () => {
    const runner = await createRunner({ transport: fakeTransport(), maxInFlight: 1 });
    const canary = { mailboxes: 1, approve: (report: RunReport) => report.counts.done === 1 };
    const report = await passTime(runner.run({ id: ID, mailboxes: addresses(3), factory: lesson, canary }));
    expect(report.counts).toMatchObject({ done: 3 });
  });
});

/** Ten meetings that were held back, and are more than allowed. */
async function heldBack(transport: FakeTransport): Promise<Awaited<ReturnType<typeof createRunner>>> {
  const runner = await createRunner({ transport, ledger: memoryLedger(), maxInFlight: 2 });
  const options = { id: ID, mailboxes: addresses(10), factory: meetingOf(1), maxInvitations: 5 };
  const report = await passTime(runner.run(options));
  expect(report).toMatchObject({ stopped: { code: 'too_many_invitations' }, counts: { done: 0 } });
  return runner;
}

describe('a canary in a run that is continued', () => {
  it('comes before what the earlier call left, and that is placed when it is approved', async () => {
    const transport = fakeTransport();
    const runner = await heldBack(transport);
    const before: (readonly number[])[] = [];
    const canary = { mailboxes: 2, approve: () => (before.push(served(transport)), true) };
    const options = { id: ID, mailboxes: addresses(12), factory: meetingOf(1), canary };
    const report = await passTime(runner.run(options));
    expect(before).toEqual([[1, 2]]);
    expect(report.counts).toMatchObject({ rows: 12, already: 0, done: 12, deferred: 0 });
    expect(itemsIn(transport, 12)).toEqual(Array(12).fill(1));
  });

  it('and the limit of invitations holds for what the earlier call left', async () => {
    const transport = fakeTransport();
    const runner = await heldBack(transport);
    const canary = { mailboxes: 2, approve: () => true };
    const options = { id: ID, mailboxes: addresses(10), factory: meetingOf(1), canary, maxInvitations: 9 };
    const report = await passTime(runner.run(options));
    expect(report.stopped).toMatchObject({ code: 'too_many_invitations' });
    expect(served(transport)).toEqual([1, 2]);
  });

  it('and is not approved leaves the rest as it was: counted, told, and there to be continued', async () => {
    const transport = fakeTransport();
    const runner = await heldBack(transport);
    const told = toldBy(runner);
    const options = { id: ID, factory: meetingOf(1) };
    const report = await passTime(runner.run({ ...options, mailboxes: addresses(10), canary: { mailboxes: 2 } }));
    expect(report).toMatchObject({ stopped: { code: 'not_approved' }, counts: { done: 2 } });
    expect(served(transport)).toEqual([1, 2]);
    expect(told.filter((one) => one.startsWith('placementDeferred'))).toHaveLength(report.counts.deferred);
    const last = await passTime(runner.run({ ...options, mailboxes: addresses(10) }));
    expect(last.counts).toMatchObject({ already: 2, done: 8 });
    expect(itemsIn(transport, 10)).toEqual(Array(10).fill(1));
  });

  it('with fewer mailboxes than it asks for loses nothing', async () => {
    const transport = fakeTransport();
    const runner = await heldBack(transport);
    const options = { id: ID, factory: meetingOf(1), canary: { mailboxes: 5 } };
    const over = await passTime(runner.run({ ...options, mailboxes: addresses(2), maxInvitations: 9 }));
    // The two are the canary's and go; with the eight that were left they would be ten.
    expect(over.stopped).toMatchObject({ code: 'too_many_invitations' });
    const report = await passTime(runner.run({ ...options, mailboxes: addresses(2) }));
    expect(report.counts.already + report.counts.done).toBe(10);
    expect(itemsIn(transport, 10)).toEqual(Array(10).fill(1));
  });

  it('whose mailboxes have it already is asked about at once', async () => {
    const transport = fakeTransport();
    const runner = await createRunner({ transport, ledger: memoryLedger() });
    const options = { id: ID, mailboxes: [...addresses(6)], factory: lesson };
    await passTime(runner.run({ ...options, canary: { mailboxes: 2 } }));
    const approve = vi.fn<(report: RunReport) => boolean>(() => true);
    const report = await passTime(runner.run({ ...options, canary: { mailboxes: 2, approve } }));
    expect(approve.mock.calls).toMatchObject([[{ counts: { already: 2, done: 0 } }]]);
    expect(report.counts).toMatchObject({ already: 2, done: 4 });
  });

  it('waits for look-ups of what an earlier call left in doubt', async () => {
    const ledger = memoryLedger();
    const transport = fakeTransport({
      script: ({ verb, nth, mailbox }) =>
        verb === 'save' && nth === 1 && mailbox.id !== 'person-1@contoso.com' ? lost : undefined,
    });
    const runner = await createRunner({ transport, ledger });
    const abort = new AbortController();
    runner.once('placementUnknown', () => abort.abort());
    const mailboxes = [...addresses(6)];
    await passTime(runner.run({ id: ID, lookup: 'never', mailboxes, factory: lesson, signal: abort.signal }));
    const canary = { mailboxes: 1, approve: () => true };
    const report = await passTime(runner.run({ id: ID, lookup: 'never', mailboxes, factory: lesson, canary }));
    expect(report).not.toHaveProperty('stopped');
    expect(report.counts.already + report.counts.done).toBe(6);
    expect(itemsIn(transport, 6)).toEqual(Array(6).fill(1));
  });
});

/** After so many milliseconds of the time that passes here. */
function abortedIn(ms: number): AbortSignal {
  const abort = new AbortController();
  setTimeout(() => abort.abort(), ms);
  return abort.signal;
}

function raise(): never {
  throw new Error('no');
}
