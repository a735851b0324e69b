import {
  createRunner,
  type IAppointmentFactory,
  memoryLedger,
  nativeAppointment,
  type RunLedger,
  type RunOptions,
  type RunReport,
} from '@appointed/core';
import { type FakeTransport, fakeTransport } from '@appointed/testkit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addresses, LESSON, lesson, lessonWith } from './lesson.js';
import { passTime, stopTime } from './passing-time.js';
import { preflight } from './preflighting.js';
import { runsIn } from './runs-in.js';

beforeEach(stopTime);
afterEach(() => {
  vi.useRealTimers();
});

const ANNA = 'anna@contoso.com';
const BERT = 'bert@contoso.com';
const ID = 'spring';

/** The day after the run's start, as factories should count. */
const tomorrow: IAppointmentFactory = {
  getAppointment: ({ startedAt }) => {
    const start = startedAt.getTime() + 86_400_000;
    return { subject: 'Lesson', start: new Date(start), end: new Date(start + 3_600_000) };
  },
};

async function run(
  plan: string,
  options: Partial<RunOptions> = {},
  ledger: RunLedger = memoryLedger(),
): Promise<{ readonly report: RunReport; readonly transport: FakeTransport; readonly ledger: RunLedger }> {
  const transport = fakeTransport();
  const runner = await createRunner({ transport, ledger });
  const factory = options.factories === undefined ? { factory: lesson } : {};
  const report = await passTime(runner.run({ id: ID, mailboxes: [ANNA, BERT], ...factory, ...options, plan }));
  return { report, transport, ledger };
}

async function hashOf(options: Parameters<typeof preflight>[0] = {}): Promise<string> {
  return (await preflight({ id: ID, mailboxes: [ANNA, BERT], ...options })).plan.hash;
}

describe('a run with a plan', () => {
  it('places what was approved', async () => {
    const { report, transport } = await run(await hashOf());
    expect(report.stopped).toBeUndefined();
    expect(report.counts).toMatchObject({ rows: 2, done: 2 });
    expect([ANNA, BERT].map((mailbox) => transport.stored(mailbox).length)).toEqual([1, 1]);
  });

  it('counts from when the plan was made, also days later', async () => {
    vi.setSystemTime('2027-01-10T12:00:00Z');
    const plan = await hashOf({ factory: tomorrow });
    vi.setSystemTime('2027-01-13T12:00:00Z');
    const { report, transport } = await run(plan, { factory: tomorrow });
    expect(report.startedAt.toISOString()).toBe('2027-01-10T12:00:00.000Z');
    expect(transport.stored(ANNA)[0]?.fields.start?.dateTime).toBe('2027-01-11T12:00:00');
  });

  it('places under another id than the plan was made for, since that is no part of it', async () => {
    expect((await run(await hashOf(), { id: 'autumn' })).report.counts.done).toBe(2);
  });

  it('takes the slots in whatever order they are given', async () => {
    const other = lessonWith({ subject: 'Other' });
    const plan = await hashOf({ factories: { a: lesson, b: other } });
    expect((await run(plan, { factories: { b: other, a: lesson } })).report.counts.done).toBe(4);
  });

  it('takes rows that are no mailbox, stand there twice or are excluded for what they are: nobody', async () => {
    const mailboxes = ['nobody', ANNA, BERT, ANNA.toUpperCase(), 'president@contoso.com'];
    const { report } = await run(await hashOf(), { mailboxes, exclude: ['president@contoso.com'] });
    expect(report.counts).toMatchObject({ rows: 5, skipped: 3, done: 2 });
  });

  it('goes on although some appointments cannot be made, if that was approved', async () => {
    const factory: IAppointmentFactory = {
      getAppointment: ({ mailbox }) => (mailbox.id === ANNA ? { ...LESSON, subject: '' } : LESSON),
    };
    const { report } = await run(await hashOf({ factory }), { factory });
    expect(report.counts).toMatchObject({ done: 1, rejected: 1 });
    expect(report.failures).toMatchObject([{ mailbox: ANNA, error: { code: 'invalid_appointment' } }]);
  });

  it('can be a dry one', async () => {
    const { report, transport } = await run(await hashOf(), { dryRun: true });
    expect(report.counts.done).toBe(2);
    expect(transport.saves).toEqual([]);
  });
});

describe('a run with a plan refuses to do anything else:', () => {
  const president = 'president@contoso.com';

  it.each<[string, Partial<RunOptions>]>([
    ['one mailbox more', { mailboxes: [ANNA, BERT, president] }],
    ['one mailbox less', { mailboxes: [ANNA] }],
    ['another mailbox', { mailboxes: [ANNA, president] }],
    ['another order', { mailboxes: [BERT, ANNA] }],
    ['another kind of name', { mailboxes: [ANNA, { upn: BERT }] }],
    ['an exclusion', { exclude: [BERT] }],
    ['another time', { factory: lessonWith({ end: new Date('2027-01-15T11:00:00Z') }) }],
    ['an attendee', { factory: lessonWith({ requiredAttendees: [president] }) }],
    ['another send mode', { sendMode: 'all' }],
    ['another slot', { factories: { lesson } }],
    ['one slot more', { factories: { default: lesson, other: lesson } }],
    ['an appointment that cannot be made any more', { factory: lessonWith({ subject: '' }) }],
  ])('%s', async (_what, options) => {
    const { report, transport } = await run(await hashOf(), options);
    expect(report.stopped).toMatchObject({ code: 'plan_changed', field: 'plan' });
    expect(report.counts.done).toBe(0);
    expect(transport.saves).toEqual([]);
  });

  it('a list that failed before its end', async () => {
    const { report, transport } = await run(await hashOf(), { mailboxes: failing() });
    expect(report.stopped).toMatchObject({ code: 'mailboxes_failed' });
    expect(transport.saves).toEqual([]);
  });

  it('and leaves the id free for a run that does what was approved', async () => {
    const plan = await hashOf();
    const { ledger } = await run(plan, { mailboxes: [ANNA] });
    expect(await runsIn(ledger)).toEqual([]);
    expect((await run(plan, {}, ledger)).report.counts.done).toBe(2);
  });

  it.each([
    'x',
    '',
    '1-kqd0a-abc',
    `2-kqd0a-${'0'.repeat(64)}`,
    `1-0kqd0a-${'0'.repeat(64)}`,
    `1-zzzzzzzzzzz-${'0'.repeat(64)}`,
    7,
    null,
    undefined,
  ])('what is no plan (%s)', async (plan) => {
    await expect(run(plan as string)).rejects.toMatchObject({ code: 'invalid_options', field: 'plan' });
  });
});

describe('a run with a plan, continued,', () => {
  it('keeps the mailboxes that were approved: another list is not read', async () => {
    const plan = await hashOf({ mailboxes: addresses(20) });
    const { ledger, report } = await run(plan, { mailboxes: addresses(20), ...abortAt(5) });
    expect(report.stopped).toMatchObject({ code: 'aborted' });
    const next = vi.fn<() => IteratorResult<string>>(() => ({ done: false, value: ANNA }));
    const again = await run(plan, { mailboxes: { [Symbol.iterator]: () => ({ next }) } }, ledger);
    expect(next).not.toHaveBeenCalled();
    expect(again.report.counts).toMatchObject({ rows: 0 });
    expect(again.report.counts.already + again.report.counts.done).toBe(20);
    expect(again.transport.stored(ANNA)).toEqual([]);
  });

  it('needs neither list nor plan once its list was read to the end', async () => {
    const plan = await hashOf({ mailboxes: addresses(20) });
    const { ledger } = await run(plan, { mailboxes: addresses(20), ...abortAt(5) });
    const runner = await createRunner({ transport: fakeTransport(), ledger });
    const { counts } = await passTime(runner.resume(ID, { factory: lesson }));
    expect(counts.already + counts.done).toBe(20);
  });

  it('compares a list that was cut short again, and needs the plan for it', async () => {
    const plan = await hashOf();
    const stop = new AbortController();
    function* interrupted(): Generator<string> {
      yield ANNA;
      stop.abort();
      yield 'stranger@contoso.com';
    }
    const { ledger, report } = await run(plan, { mailboxes: interrupted(), signal: stop.signal });
    expect(report.stopped).toMatchObject({ code: 'aborted' });
    const runner = await createRunner({ transport: fakeTransport(), ledger });
    const without = runner.resume(ID, { mailboxes: [ANNA, BERT], factory: lesson });
    await expect(without).rejects.toMatchObject({ code: 'run_mismatch', field: 'plan' });
    const changed = await run(plan, { mailboxes: [ANNA] }, ledger);
    expect(changed.report.stopped).toMatchObject({ code: 'plan_changed' });
    const right = await run(plan, {}, ledger);
    expect(right.report.counts).toMatchObject({ done: 2 });
    expect(right.transport.stored('stranger@contoso.com')).toEqual([]);
  });

  it('asks for approval of a canary, of this list and no other', async () => {
    const mailboxes = [...addresses(20)];
    const plan = await hashOf({ mailboxes });
    const { ledger } = await run(plan, { mailboxes, ...abortAt(5) });
    const approve = vi.fn<() => boolean>(() => false);
    const canary = { mailboxes: 12, approve };
    const other = await run(plan, { mailboxes: [...mailboxes, ANNA], canary }, ledger);
    expect(other.report.stopped).toMatchObject({ code: 'plan_changed' });
    const { report } = await run(plan, { mailboxes, canary }, ledger);
    expect(report.stopped).toMatchObject({ code: 'not_approved' });
    expect(approve).toHaveBeenCalledTimes(1);
    expect(report.counts.already + report.counts.done).toBe(12);
    expect((await run(plan, {}, ledger)).report.counts).toMatchObject({ already: 12, done: 8 });
  });

  it('is refused with another plan', async () => {
    const { ledger } = await run(await hashOf());
    const other = run(await hashOf({ sendMode: 'all' }), {}, ledger);
    await expect(other).rejects.toMatchObject({ code: 'run_mismatch', field: 'plan' });
  });
});

describe('the hash of a plan', () => {
  beforeEach(() => {
    vi.setSystemTime('2027-01-10T12:00:00Z');
  });

  it('is the same in every process and version', async () => {
    const everything: IAppointmentFactory = {
      getAppointment: () => ({
        subject: 'Lesson',
        body: { html: '<p>Backhand</p>' },
        start: { dateTime: '2027-01-15T09:00', timeZone: 'Europe/Berlin' },
        end: new Date('2027-01-15T10:00:00Z'),
        location: 'Court 3',
        requiredAttendees: [{ address: 'trainer@contoso.com', name: 'Trainer' }],
        optionalAttendees: ['buddy@contoso.com'],
        resources: ['court-3@contoso.com'],
        reminder: { minutesBefore: 15 },
        showAs: 'busy',
        sensitivity: 'private',
        importance: 'high',
        categories: ['Tennis'],
      }),
    };
    const native = nativeAppointment({ transport: 'fake', subject: 'Native', attendeeCount: 2 });
    const factories = {
      everything,
      native: { getAppointment: () => native },
      none: lessonWith({ subject: '' }),
      lesson,
    };
    expect(await hashOf({ factories })).toBe(
      '1-mypswao0-ae4ad67d71a6ec5def91f61e380d12a952bab7aa51a328b7071893d98f2c0b25',
    );
  });

  it('does not depend on the order in which a factory names the fields', async () => {
    const { subject, start, end } = LESSON;
    expect(await hashOf({ factory: { getAppointment: () => ({ end, start, subject }) } })).toBe(await hashOf());
  });

  it('does not depend on how a mailbox is written', async () => {
    expect(await hashOf({ mailboxes: [' ANNA@Contoso.com ', { smtp: BERT }] })).toBe(await hashOf());
  });

  it('knows a default from what says the same', async () => {
    const meeting = lessonWith({ requiredAttendees: ['trainer@contoso.com'] });
    const sent = await hashOf({ factory: meeting, sendMode: 'allAndSaveCopy' });
    expect(sent).toBe(await hashOf({ factory: meeting }));
    expect(sent).not.toBe(await hashOf({ factory: meeting, sendMode: 'none' }));
  });
});

function* failing(): Generator<string> {
  yield* [ANNA, BERT];
  throw new Error('file is gone');
}

/** Aborts when so many rows are done. */
function abortAt(limit: number): Pick<RunOptions, 'signal' | 'onPlacement'> {
  const stop = new AbortController();
  return { signal: stop.signal, onPlacement: ({ row }) => (row === limit ? stop.abort() : undefined) };
}
