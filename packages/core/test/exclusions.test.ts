import { AppointedError, createRunner, type MailboxInput, memoryLedger, type RunOptions } from '@appointed/core';
import { fakeTransport } from '@appointed/testkit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addresses, lesson, LESSON, lessonWith } from './lesson.js';
import { ended, toldBy } from './meetings.js';
import { passTime, stopTime } from './passing-time.js';
import { itemOf, ONE, placed, RUN, THREE, TWO } from './placed.js';
import { rowsOf } from './rows-of.js';
import { deferred, lost } from './scripted-outcomes.js';

beforeEach(stopTime);
afterEach(() => {
  vi.useRealTimers();
});

describe('a mailbox that is excluded', () => {
  it.each<[string, MailboxInput, MailboxInput]>([
    ['by its address', 'boss@contoso.com', 'boss@contoso.com'],
    ['in another case', 'boss@contoso.com', 'Boss@Contoso.COM'],
    ['by an address that is its principal name', { upn: 'boss@contoso.com' }, { smtp: 'boss@contoso.com' }],
    ['by a principal name that is its address', 'boss@contoso.com', { upn: 'BOSS@contoso.com' }],
    ['by its SID', { sid: 'S-1-5-21-1-2-3-4' }, { sid: 's-1-5-21-1-2-3-4' }],
  ])('is skipped, and no request is about it: %s', async (_how, mailbox, excluded) => {
    const transport = fakeTransport();
    const runner = await createRunner({ transport });
    const skipped: number[] = [];
    runner.on('rowSkipped', ({ row }) => skipped.push(row));
    const mailboxes = ['a@contoso.com', mailbox, 'b@contoso.com'];
    const options = { id: RUN, mailboxes, factory: lesson, unlessExists: true, exclude: [excluded].values() };
    const report = await passTime(runner.run(options));
    expect(report.counts).toMatchObject({ rows: 3, skipped: 1, done: 2 });
    expect(report.failures).toMatchObject([{ row: 2, kind: 'skipped', error: { code: 'excluded', row: 2 } }]);
    expect(skipped).toEqual([2]);
    expect(transport.saves.map(({ mailbox: { id } }) => id)).toEqual(['a@contoso.com', 'b@contoso.com']);
  });

  it('has no factory asked about it', async () => {
    const asked: string[] = [];
    const runner = await createRunner({ transport: fakeTransport() });
    const factory = { getAppointment: ({ mailbox }: { mailbox: { id: string } }) => (asked.push(mailbox.id), LESSON) };
    await passTime(runner.run({ mailboxes: addresses(3), factory, exclude: [TWO] }));
    expect(asked).toEqual([ONE, THREE]);
  });

  it('is not written by another address, whose primary one the server names', async () => {
    const again = { primaryAddress: 'Boss@contoso.com' };
    const error = new AppointedError('server_rejected', 'not primary');
    const transport = fakeTransport({
      script: ({ mailbox }) =>
        mailbox.id === 'alias@contoso.com' ? { outcome: { kind: 'rejected', scope: 'mailbox', error, again } } : {},
    });
    const runner = await createRunner({ transport });
    const options = { mailboxes: ['alias@contoso.com', ONE], factory: lesson, exclude: ['boss@contoso.com'] };
    const report = await passTime(runner.run(options));
    expect(transport.stored('boss@contoso.com')).toEqual([]);
    expect(transport.saves.map(({ mailbox: { id } }) => id).toSorted()).toEqual(['alias@contoso.com', ONE]);
    expect(report.counts).toMatchObject({ done: 1, rejected: 1 });
    expect(report.failures).toMatchObject([{ mailbox: 'alias@contoso.com', error: { code: 'excluded' } }]);
  });
});

describe('a mailbox that is excluded after a run has taken it up', () => {
  it.each([
    ['was busy', deferred],
    ['may have it', lost],
  ])('and %s is left as it is, and has its turn when it is excluded no more', async (_what, outcome) => {
    const ledger = memoryLedger();
    const transport = fakeTransport({
      script: ({ verb, nth, mailbox }) => (verb === 'save' && nth === 1 && mailbox.id === TWO ? outcome : undefined),
    });
    const runner = await createRunner({ transport, ledger });
    const told = toldBy(runner);
    const abort = new AbortController();
    const options = { id: RUN, lookup: 'never', factory: lesson } as const;
    runner.once('placementDeferred', () => abort.abort()).once('placementUnknown', () => abort.abort());
    await passTime(runner.run({ ...options, mailboxes: addresses(3), signal: abort.signal }));
    const saves = transport.saves.length;
    told.length = 0;
    await passTime(runner.run({ ...options, mailboxes: [ONE, THREE], exclude: [TWO] }));
    expect(told).toContain('placementSkipped 2 default');
    const about = transport.saves.slice(saves).map(({ mailbox: { id } }) => id);
    expect(about).not.toContain(TWO);
    const [, row] = await rowsOf(ledger, RUN);
    expect(row).toMatchObject({ mailbox: { id: TWO }, error: { code: 'excluded' } });
    expect(row).not.toHaveProperty('dueAt');
    const last = await passTime(runner.run(options));
    expect(last.counts).toMatchObject({ already: 2, done: 1 });
    expect(transport.stored(TWO)).toHaveLength(1);
  });

  it('keeps what it has, and what is said to become of it: revised, taken back, left out of the list', async () => {
    const { transport, runner } = await placed();
    const item = itemOf(transport, TWO);
    const exclude = [TWO];
    const revised = await passTime(runner.revise(RUN, { factory: lessonWith({ subject: 'Later' }), exclude }));
    expect(revised.counts).toMatchObject({ done: 2, skipped: 1 });
    const left = { factory: lesson, mailboxes: [ONE], leavers: 'remove', exclude } as const;
    const reconciled = await passTime(runner.reconcile(RUN, left));
    expect(reconciled.counts).toMatchObject({ done: 1, skipped: 1, already: 1 });
    const retracted = await passTime(runner.retract(RUN, { exclude }));
    expect(retracted.counts).toMatchObject({ done: 1, skipped: 1 });
    expect(itemOf(transport, TWO)).toBe(item);
    expect(transport.stored(TWO)[0]?.subject).toBe('Lesson');
    expect(transport.stored(ONE)).toEqual([]);
    expect(transport.stored(THREE)).toEqual([]);
  });

  it('is counted once for each placement that is passed over, in each slot', async () => {
    const runner = await createRunner({ transport: fakeTransport({ script: () => deferred }), ledger: memoryLedger() });
    const options = { id: RUN, factories: { one: lesson, two: lesson }, maxAttempts: 1 };
    await passTime(runner.run({ ...options, lookup: 'never', mailboxes: addresses(2) }));
    const { counts } = await passTime(runner.run({ ...options, lookup: 'never', exclude: addresses(2) }));
    expect(counts).toMatchObject({ skipped: 4, done: 0 });
    expect(ended(counts)).toBe(4);
  });
});

describe('who is to be left alone must be known:', () => {
  it.each<[string, unknown, string]>([
    ['no address', ['boss'], 'invalid_mailbox'],
    ['nothing', [undefined], 'invalid_mailbox'],
    ['one address for a list', 'boss@contoso.com', 'invalid_options'],
    ['a number', 7, 'invalid_options'],
    ['an object', { smtp: 'boss@contoso.com' }, 'invalid_options'],
    ['null', null, 'invalid_options'],
  ])('%s is refused', async (_what, exclude, code) => {
    const transport = fakeTransport();
    const runner = await createRunner({ transport });
    const options = { mailboxes: addresses(2), factory: lesson, exclude } as RunOptions;
    await expect(runner.run(options)).rejects.toMatchObject({ code });
    expect(transport.saves).toEqual([]);
  });
});
