import { createRunner, memoryLedger, nativeAppointment, parseAppointment, parseMailbox } from '@appointed/core';
import { type FakeTransport, fakeTransport } from '@appointed/testkit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addresses, LESSON, lesson } from './lesson.js';
import { meetingOf, toldBy } from './meetings.js';
import { passTime, stopTime } from './passing-time.js';
import { deferred, rejected, unseen } from './scripted-outcomes.js';

const [ONE, TWO] = ['person-1@contoso.com', 'person-2@contoso.com'] as const;

beforeEach(stopTime);
afterEach(() => {
  vi.useRealTimers();
});

/** What an older script has left in a calendar: an appointment without a key of ours. */
async function leave(transport: FakeTransport, mailbox: string, fields: object = {}): Promise<void> {
  const items = [{ key: `old-${mailbox}`, content: parseAppointment({ ...LESSON, ...fields }) }];
  const call = { signal: new AbortController().signal, sendBy: Date.now() + 1000, timeoutMs: 1000 };
  await passTime(transport.save({ mailbox: parseMailbox(mailbox), sendMode: 'none', items }, call));
}

describe('unless it exists', () => {
  it('an appointment is placed; who has one with that subject and start is passed over, told and counted', async () => {
    const transport = fakeTransport();
    await leave(transport, TWO, { subject: 'LESSON' });
    const runner = await createRunner({ transport });
    const told = toldBy(runner);
    const report = await passTime(runner.run({ mailboxes: addresses(3), factory: lesson, unlessExists: true }));
    expect(report.counts).toMatchObject({ rows: 3, done: 2, skipped: 1, rejected: 0 });
    expect(report.failures).toMatchObject([
      { row: 2, kind: 'skipped', error: { code: 'exists_already', mailbox: TWO } },
    ]);
    expect(told.toSorted()).toEqual([
      'placementSaved 1 default',
      'placementSaved 3 default',
      'placementSkipped 2 default',
    ]);
    expect(transport.stored(TWO)).toHaveLength(1);
  });

  it.each([
    ['another subject', { subject: 'Match' }],
    ['another start', { start: new Date('2027-01-15T08:00:00Z') }],
  ])('one with %s is another one', async (_what, fields) => {
    const transport = fakeTransport();
    await leave(transport, ONE, fields);
    const runner = await createRunner({ transport });
    const report = await passTime(runner.run({ mailboxes: addresses(1), factory: lesson, unlessExists: true }));
    expect(report.counts).toMatchObject({ done: 1, skipped: 0 });
  });

  it('is no default: nobody is asked', async () => {
    const transport = fakeTransport();
    const asked = vi.spyOn(transport, 'hasSimilar');
    await leave(transport, ONE);
    const runner = await createRunner({ transport });
    const report = await passTime(runner.run({ mailboxes: addresses(1), factory: lesson }));
    expect(report.counts.done).toBe(1);
    expect(asked).not.toHaveBeenCalled();
  });

  it('who was passed over is settled: continuing the run does not ask again', async () => {
    const [transport, ledger] = [fakeTransport(), memoryLedger()];
    await leave(transport, ONE);
    const runner = await createRunner({ transport, ledger });
    const options = { id: 'spring', mailboxes: [...addresses(2)], factory: lesson, unlessExists: true };
    await passTime(runner.run(options));
    const asked = vi.spyOn(transport, 'hasSimilar');
    expect((await passTime(runner.run(options))).counts).toMatchObject({ rows: 2, already: 2, done: 0, skipped: 0 });
    expect(asked).not.toHaveBeenCalled();
  });

  it('a placement whose look-up failed at first is asked about, too', async () => {
    let finds = 0;
    const transport = fakeTransport({
      script: ({ verb }) => (verb === 'find' && (finds += 1) === 1 ? unseen : undefined),
    });
    await leave(transport, ONE);
    const runner = await createRunner({ transport });
    const options = { id: 'spring', mailboxes: addresses(1), factory: lesson, unlessExists: true };
    const report = await passTime(runner.run(options));
    expect(report.counts).toMatchObject({ skipped: 1, done: 0 });
    expect(transport.stored(ONE)).toHaveLength(1);
  });

  it('a meeting that exists already is no invitation', async () => {
    const transport = fakeTransport();
    for (const address of addresses(5)) await leave(transport, address, { subject: 'Meeting' });
    const runner = await createRunner({ transport });
    const options = { mailboxes: addresses(7), factory: meetingOf(1), unlessExists: true, maxInvitations: 2 };
    const report = await passTime(runner.run(options));
    expect(report).not.toHaveProperty('stopped');
    expect(report.counts).toMatchObject({ skipped: 5, done: 2, deferred: 0 });
  });

  it('a meeting that somebody adds while it is held back is seen', async () => {
    const transport = fakeTransport();
    const runner = await createRunner({ transport });
    async function* slowly(): AsyncGenerator<string> {
      yield ONE;
      await new Promise((resolve) => setTimeout(resolve, 60_000));
      const items = [{ key: 'new', content: parseAppointment({ ...LESSON, subject: 'Meeting' }) }];
      const call = { signal: new AbortController().signal, sendBy: Date.now() + 1000, timeoutMs: 1000 };
      await transport.save({ mailbox: parseMailbox(ONE), sendMode: 'none', items }, call);
    }
    const report = await passTime(runner.run({ mailboxes: slowly(), factory: meetingOf(1), unlessExists: true }));
    expect(report.counts).toMatchObject({ skipped: 1, done: 0 });
    expect(transport.stored(ONE)).toHaveLength(1);
  });

  it('of several slots only those that exist are passed over', async () => {
    const transport = fakeTransport();
    await leave(transport, ONE);
    const runner = await createRunner({ transport });
    const factories = { talk: meetingOf(0), lesson };
    const report = await passTime(runner.run({ mailboxes: addresses(1), factories, unlessExists: true }));
    expect(report.counts).toMatchObject({ skipped: 1, done: 1 });
    expect(report.failures).toMatchObject([{ slot: 'lesson' }]);
  });
});

describe('whether it exists cannot be said', () => {
  it.each([
    ['at first, it is asked again', 1, { done: 1, deferred: 0 }, 1],
    ['ever, it is not placed, and put off', Number.POSITIVE_INFINITY, { done: 0, deferred: 1 }, 0],
  ])('%s', async (_what, times, counts, saves) => {
    for (const outcome of [deferred, unseen]) {
      const transport = fakeTransport({
        script: ({ verb, nth }) => (verb === 'hasSimilar' && nth <= times ? outcome : undefined),
      });
      const runner = await createRunner({ transport });
      const report = await passTime(runner.run({ mailboxes: addresses(1), factory: lesson, unlessExists: true }));
      expect(report.counts).toMatchObject({ ...counts, unknown: 0, rejected: 0 });
      expect(transport.saves).toHaveLength(saves);
    }
  });

  it('as the mailbox may not be read: it is rejected, and not placed', async () => {
    const transport = fakeTransport({
      script: ({ verb }) => (verb === 'hasSimilar' ? rejected('ErrorAccessDenied') : undefined),
    });
    const runner = await createRunner({ transport });
    const report = await passTime(runner.run({ mailboxes: addresses(1), factory: lesson, unlessExists: true }));
    expect(report.counts).toMatchObject({ rejected: 1, done: 0 });
    expect(transport.saves).toEqual([]);
  });

  it('of a native appointment: it is rejected, and not placed', async () => {
    const transport = fakeTransport();
    const runner = await createRunner({ transport });
    const factory = {
      getAppointment: () => nativeAppointment({ transport: 'fake', subject: 'Lesson', attendeeCount: 0 }),
    };
    const report = await passTime(runner.run({ mailboxes: addresses(1), factory, unlessExists: true }));
    expect(report.failures).toMatchObject([
      { kind: 'rejected', error: { code: 'unsupported', field: 'unlessExists' } },
    ]);
    expect(transport.saves).toEqual([]);
  });
});

it.each([1, 'yes', null])('%j is neither true nor false', async (unlessExists) => {
  const runner = await createRunner({ transport: fakeTransport() });
  const options = { mailboxes: addresses(1), factory: lesson, unlessExists } as never;
  await expect(runner.run(options)).rejects.toMatchObject({ code: 'invalid_options', field: 'unlessExists' });
});
