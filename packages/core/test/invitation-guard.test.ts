import { createRunner, memoryLedger, type RunOptions } from '@appointed/core';
import { type FakeTransport, fakeTransport } from '@appointed/testkit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addresses, lesson, lessonWith } from './lesson.js';
import { eitherOf, ended, meetingOf, toldBy } from './meetings.js';
import { passTime, stopTime } from './passing-time.js';
import { rowsOf } from './rows-of.js';
import { deferred, unseen } from './scripted-outcomes.js';

const ID = 'spring';

beforeEach(stopTime);
afterEach(() => {
  vi.useRealTimers();
});

function isOdd(mailbox: string): boolean {
  return Number(/\d+/.exec(mailbox)?.[0]) % 2 === 1;
}

/** Every other mailbox gets a meeting with one attendee, the others the lesson. */
const mixed = eitherOf(isOdd, meetingOf(1), lesson);

function meetingsIn({ saves }: FakeTransport): number {
  return saves.flatMap(({ items }) => items).filter(({ content }) => content.subject === 'Meeting').length;
}

function itemsIn(transport: FakeTransport, count: number): readonly number[] {
  return [...addresses(count)].map((address) => transport.stored(address).length);
}

/** Pauses before its end, so that everything that need not wait for it is done. */
async function* slowly(count: number, atEnd: () => void): AsyncGenerator<string> {
  yield* addresses(count);
  await new Promise((resolve) => setTimeout(resolve, 3_600_000));
  atEnd();
}

function* failing(count: number): Generator<string> {
  yield* addresses(count);
  throw new Error('file is gone');
}

describe('meetings', () => {
  it('are held back until the list has ended; appointments are not', async () => {
    const transport = fakeTransport();
    const runner = await createRunner({ transport, maxInFlight: 2 });
    let atEnd: readonly number[] = [];
    const mailboxes = slowly(20, () => (atEnd = [transport.saves.length, meetingsIn(transport)]));
    const report = await passTime(runner.run({ mailboxes, factory: mixed }));
    expect(atEnd).toEqual([10, 0]);
    expect(report.counts).toMatchObject({ rows: 20, done: 20, deferred: 0 });
    expect(report).not.toHaveProperty('stopped');
    expect(itemsIn(transport, 20)).toEqual(Array(20).fill(1));
  });

  it('are not held back where any number may be mailed', async () => {
    const transport = fakeTransport();
    const runner = await createRunner({ transport, maxInFlight: 2 });
    let atEnd = 0;
    const mailboxes = slowly(20, () => (atEnd = meetingsIn(transport)));
    const maxInvitations = Number.POSITIVE_INFINITY;
    await passTime(runner.run({ mailboxes, factory: mixed, maxInvitations }));
    expect(atEnd).toBe(10);
  });

  it('are not held back when nobody is invited', async () => {
    const transport = fakeTransport();
    const runner = await createRunner({ transport });
    const options = { mailboxes: addresses(20), factory: meetingOf(3), sendMode: 'none', maxInvitations: 0 } as const;
    expect((await passTime(runner.run(options))).counts).toMatchObject({ done: 20, deferred: 0 });
  });

  it('wait alone: the other slots of their mailbox go', async () => {
    const transport = fakeTransport();
    const runner = await createRunner({ transport, maxInFlight: 2 });
    const told = toldBy(runner);
    const factories = { talk: lesson, meeting: meetingOf(2) };
    const { counts } = await passTime(runner.run({ mailboxes: addresses(3), factories }));
    expect(counts).toMatchObject({ rows: 3, done: 6, deferred: 0 });
    expect(told.slice(0, 3).map((one) => one.split(' ')[2])).toEqual(['talk', 'talk', 'talk']);
    expect(itemsIn(transport, 3)).toEqual([2, 2, 2]);
  });

  it('are more work for the ledger than for the server: each is saved once, one attempt', async () => {
    const [transport, ledger] = [fakeTransport(), memoryLedger()];
    const runner = await createRunner({ transport, ledger });
    await passTime(runner.run({ id: ID, mailboxes: addresses(5), factory: meetingOf(1) }));
    expect(transport.saves).toHaveLength(5);
    const states = (await rowsOf(ledger, ID)).map(({ state, attempts }) => `${state} ${attempts}`);
    expect(states).toEqual(Array(5).fill('done 1'));
  });

  it('that the server defers after their release are tried again, and their attendees are not counted twice', async () => {
    const transport = fakeTransport({ script: ({ verb, nth }) => (verb === 'save' && nth < 3 ? deferred : undefined) });
    const runner = await createRunner({ transport });
    const report = await passTime(runner.run({ mailboxes: addresses(10), factory: meetingOf(2), maxInvitations: 20 }));
    expect(report.counts).toMatchObject({ done: 10, deferred: 0 });
    expect(report).not.toHaveProperty('stopped');
  });
});

describe('more invitations than allowed', () => {
  it.each<[string, Partial<RunOptions>, number]>([
    ['by default more than 500', {}, 501],
    ['more than a limit', { maxInvitations: 3 }, 4],
    ['any, where none is allowed', { maxInvitations: 0 }, 1],
  ])('are not mailed: %s', async (_what, options, count) => {
    const transport = fakeTransport();
    const runner = await createRunner({ transport });
    const told = toldBy(runner);
    const endings: string[] = [];
    const onPlacement: RunOptions['onPlacement'] = ({ outcome: { kind } }) => void endings.push(kind);
    const run = runner.run({ mailboxes: addresses(count), factory: meetingOf(1), onPlacement, ...options });
    const report = await passTime(run);
    expect(report.stopped).toMatchObject({ code: 'too_many_invitations', field: 'maxInvitations' });
    expect(transport.saves).toEqual([]);
    expect(report.counts).toMatchObject({ rows: count, done: 0, deferred: count });
    expect(told).toHaveLength(count);
    expect(new Set(told)).toEqual(
      new Set(Array.from({ length: count }, (_, n) => `placementDeferred ${n + 1} default`)),
    );
    expect(endings).toEqual(Array(count).fill('deferred'));
    expect(report.failures[0]).toMatchObject({ kind: 'deferred', error: { cause: { code: 'too_many_invitations' } } });
  });

  it.each<[string, Partial<RunOptions>, number]>([
    ['by default 500', {}, 500],
    ['a limit', { maxInvitations: 3 }, 3],
  ])('are not as many as allowed, which is mailed: %s', async (_what, options, count) => {
    const transport = fakeTransport();
    const runner = await createRunner({ transport });
    const report = await passTime(runner.run({ mailboxes: addresses(count), factory: meetingOf(1), ...options }));
    expect(report.counts).toMatchObject({ done: count, deferred: 0 });
    expect(report).not.toHaveProperty('stopped');
  });

  it('are counted of all kinds of attendees', async () => {
    const transport = fakeTransport();
    const runner = await createRunner({ transport });
    const factory = lessonWith({
      requiredAttendees: ['a@contoso.com'],
      optionalAttendees: ['b@contoso.com'],
      resources: ['room@contoso.com'],
    });
    const over = await passTime(runner.run({ mailboxes: addresses(1), factory, maxInvitations: 2 }));
    expect(over.stopped).toMatchObject({ code: 'too_many_invitations' });
    const within = await passTime(runner.run({ mailboxes: addresses(1), factory, maxInvitations: 3 }));
    expect(within.counts.done).toBe(1);
  });

  it('stop an endless list', async () => {
    const transport = fakeTransport();
    const runner = await createRunner({ transport });
    const report = await passTime(
      runner.run({ mailboxes: addresses(Number.POSITIVE_INFINITY), factory: meetingOf(1), maxInvitations: 30 }),
    );
    expect(report.stopped).toMatchObject({ code: 'too_many_invitations' });
    expect(report.counts.rows).toBeLessThan(200);
    expect(transport.saves).toEqual([]);
  });

  it('leave what needs no invitation, and everybody gets the rest once when the limit is raised', async () => {
    const [transport, ledger] = [fakeTransport(), memoryLedger()];
    const runner = await createRunner({ transport, ledger, maxInFlight: 2 });
    const options = { id: ID, mailboxes: [...addresses(20)], factory: mixed };
    const first = await passTime(runner.run({ ...options, maxInvitations: 9 }));
    expect(first.stopped).toMatchObject({ code: 'too_many_invitations' });
    expect(meetingsIn(transport)).toBe(0);
    expect(first.counts.done + first.counts.deferred).toBe(ended(first.counts));
    const second = await passTime(runner.run({ ...options, maxInvitations: 10 }));
    expect(second).not.toHaveProperty('stopped');
    expect(second.counts).toMatchObject({ already: first.counts.done, done: 20 - first.counts.done, deferred: 0 });
    expect(itemsIn(transport, 20)).toEqual(Array(20).fill(1));
  });

  it('stop the continued run again, as long as the limit is not raised', async () => {
    const [transport, ledger] = [fakeTransport(), memoryLedger()];
    const runner = await createRunner({ transport, ledger });
    const options = { id: ID, mailboxes: [...addresses(8)], factory: meetingOf(1), maxInvitations: 7 };
    for (let call = 1; call <= 3; call += 1) {
      const report = await passTime(runner.run(options));
      expect(report).toMatchObject({ stopped: { code: 'too_many_invitations' }, counts: { already: 0, done: 0 } });
    }
    expect(transport.saves).toEqual([]);
  });
});

describe('a list that is cut short while meetings are held back', () => {
  it('by a failure, has no meeting mailed; each is counted and told, and is placed when the list is whole', async () => {
    const [transport, ledger] = [fakeTransport(), memoryLedger()];
    const runner = await createRunner({ transport, ledger, maxInFlight: 2 });
    const told = toldBy(runner);
    const first = await passTime(runner.run({ id: ID, mailboxes: failing(10), factory: mixed }));
    expect(first.stopped).toMatchObject({ code: 'mailboxes_failed' });
    expect(first.counts).toMatchObject({ rows: 10, done: 5, deferred: 5 });
    expect(meetingsIn(transport)).toBe(0);
    expect(told.filter((one) => one.startsWith('placementDeferred'))).toHaveLength(5);
    expect(first.failures[0]?.error).toMatchObject({ code: 'aborted', cause: { code: 'mailboxes_failed' } });
    const second = await passTime(runner.run({ id: ID, mailboxes: addresses(12), factory: mixed }));
    expect(second.counts).toMatchObject({ rows: 12, already: 5, done: 7, deferred: 0 });
    expect(itemsIn(transport, 12)).toEqual(Array(12).fill(1));
  });

  it('by the caller, too', async () => {
    const [transport, ledger] = [fakeTransport(), memoryLedger()];
    const runner = await createRunner({ transport, ledger, maxInFlight: 2 });
    const abort = new AbortController();
    const mailboxes = slowly(10, () => abort.abort());
    const first = await passTime(runner.run({ id: ID, mailboxes, factory: mixed, signal: abort.signal }));
    expect(first).toMatchObject({ stopped: { code: 'aborted' }, counts: { rows: 10, done: 5, deferred: 5 } });
    expect(meetingsIn(transport)).toBe(0);
    const second = await passTime(runner.run({ id: ID, mailboxes: addresses(10), factory: mixed }));
    expect(second.counts).toMatchObject({ already: 5, done: 5 });
    expect(itemsIn(transport, 10)).toEqual(Array(10).fill(1));
  });
});

describe('a meeting that may have been sent by an earlier call', () => {
  it('is looked up again when it was held back, right before it is sent', async () => {
    const asked: string[] = [];
    const ledger = memoryLedger();
    const transport = fakeTransport({
      script: ({ verb }) => (asked.push(verb), verb === 'save' && asked.length < 2 ? unseen : undefined),
    });
    const runner = await createRunner({ transport, ledger });
    const options = { id: ID, lookup: 'never', mailboxes: ['one@contoso.com'], factory: meetingOf(1) } as const;
    await passTime(runner.run({ ...options, maxAttempts: 1 }));
    expect(asked).toEqual(['save', 'find']);
    await passTime(runner.run(options));
    expect(asked).toEqual(['save', 'find', 'find', 'find', 'save']);
  });
});
