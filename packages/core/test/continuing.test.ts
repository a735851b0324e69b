import {
  createRunner,
  type IAppointmentFactory,
  type LifecycleEvents,
  memoryLedger,
  type RunLedger,
  type RunOptions,
  type RunReport,
} from '@appointed/core';
import { type FakeAnswer, type FakeCall, type FakeTransport, fakeTransport } from '@appointed/testkit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addresses, LESSON, lesson } from './lesson.js';
import { passTime, stopTime } from './passing-time.js';
import { rowsOf } from './rows-of.js';
import { deferred, lost, rejected, unseen } from './scripted-outcomes.js';
import { ID, interrupted, itemsIn, run } from './twenty-mailboxes.js';

beforeEach(stopTime);
afterEach(() => {
  vi.useRealTimers();
});

const reason = new Error('enough');

async function withoutList(transport: FakeTransport, ledger: RunLedger): Promise<RunReport> {
  const runner = await createRunner({ transport, ledger, maxInFlight: 2 });
  return passTime(runner.run({ id: ID, factory: lesson }));
}

function* failing(): Generator<string> {
  yield* addresses(5);
  throw new Error('file is gone');
}

async function* slow(): AsyncGenerator<string> {
  await new Promise((resolve) => setTimeout(resolve, 5000));
  yield* addresses(20);
}

/** Each mailbox is busy at first. */
function busyOnce({ verb, nth }: FakeCall): FakeAnswer | undefined {
  return verb === 'save' && nth === 1 ? deferred : undefined;
}

function withVersion(version: string): IAppointmentFactory {
  return { version, getAppointment: (context) => lesson.getAppointment(context) };
}

describe('a run whose id the ledger knows', () => {
  it('is over: nobody is asked, looked up or booked twice', async () => {
    const [transport, ledger] = [fakeTransport(), memoryLedger()];
    await run(transport, ledger);
    const finds = vi.spyOn(transport, 'find');
    const report = await run(transport, ledger);
    expect(report.counts).toMatchObject({ rows: 20, already: 20, done: 0, rejected: 0, deferred: 0, unknown: 0 });
    expect(transport.saves).toHaveLength(20);
    expect(finds).not.toHaveBeenCalled();
  });

  it('is told as continued, with its first start', async () => {
    const [transport, ledger] = [fakeTransport(), memoryLedger()];
    const first = await run(transport, ledger);
    vi.setSystemTime(Date.now() + 86_400_000);
    const starts: LifecycleEvents['runStarted'][] = [];
    const seen: Date[] = [];
    const runner = await createRunner({ transport, ledger });
    runner.on('runStarted', (event) => starts.push(event));
    const factory: RunOptions['factory'] = {
      getAppointment: (context) => (seen.push(context.startedAt), lesson.getAppointment(context)),
    };
    const report = await passTime(runner.run({ id: ID, mailboxes: addresses(21), factory }));
    expect(starts).toMatchObject([{ runId: ID, isContinued: true, startedAt: first.startedAt }]);
    expect(report.startedAt).toEqual(first.startedAt);
    expect(report.endedAt.getTime()).toBeGreaterThan(first.startedAt.getTime() + 86_000_000);
    expect(seen).toEqual([first.startedAt]);
  });

  it.each([
    ['with the list', { mailboxes: addresses }],
    ['with a generated list', { mailboxes: (count: number) => [...addresses(count)].values() }],
  ])('and that was interrupted places what is missing, %s', async (_how, { mailboxes }) => {
    const [transport, ledger] = [fakeTransport(), memoryLedger()];
    const first = await interrupted(transport, ledger);
    expect(first.stopped).toMatchObject({ code: 'aborted' });
    expect(first.counts.done).toBeLessThan(20);
    const second = await run(transport, ledger, { mailboxes: mailboxes(20) });
    expect(second).not.toHaveProperty('stopped');
    expect(second.counts).toMatchObject({ rows: 20, already: first.counts.done, done: 20 - first.counts.done });
    expect(itemsIn(transport)).toEqual(Array(20).fill(1));
  });

  it('and that was interrupted within a request looks that one up', async () => {
    const ledger = memoryLedger();
    const abort = new AbortController();
    const fake = fakeTransport({
      script: ({ verb }) => (abort.signal.aborted || verb === 'find' ? {} : { stored: true, after: 'never' }),
    });
    const [store, runner] = [fake, await createRunner({ transport: fake, ledger, maxInFlight: 2 })];
    const running = runner.run({ id: ID, mailboxes: addresses(20), factory: lesson, signal: abort.signal });
    runner.on('placementStarted', () => abort.abort(reason));
    const first = await passTime(running);
    expect(first.counts.done).toBe(0);
    const finds = vi.spyOn(fake, 'find');
    await run(fake, ledger);
    expect(itemsIn(store)).toEqual(Array(20).fill(1));
    expect(finds.mock.calls.length).toBeLessThanOrEqual(20);
  });

  it('needs no list, if that was read to its end', async () => {
    const ledger = memoryLedger();
    const transport = fakeTransport({
      script: ({ verb, nth }) => (verb === 'save' && nth === 1 ? deferred : undefined),
    });
    const first = await run(transport, ledger, { maxAttempts: 1 });
    expect(first.counts).toMatchObject({ deferred: 20 });
    const second = await withoutList(transport, ledger);
    expect(second.counts).toMatchObject({ rows: 0, done: 20, already: 0 });
    const third = await withoutList(transport, ledger);
    expect(third.counts).toMatchObject({ rows: 0, done: 0, already: 20 });
    expect(itemsIn(transport)).toEqual(Array(20).fill(1));
  });

  it('needs the list again, if that was cut short', async () => {
    const [transport, ledger] = [fakeTransport(), memoryLedger()];
    await interrupted(transport, ledger);
    const saved = transport.saves.length;
    await expect(withoutList(transport, ledger)).rejects.toMatchObject({
      code: 'audience_incomplete',
      field: 'mailboxes',
    });
    expect(transport.saves).toHaveLength(saved);
    // The refusal leaves no hold behind.
    expect((await run(transport, ledger)).counts.rows).toBe(20);
  });

  it('needs the list again, if the list failed', async () => {
    const [transport, ledger] = [fakeTransport(), memoryLedger()];
    const first = await run(transport, ledger, { mailboxes: failing() });
    expect(first).toMatchObject({ stopped: { code: 'mailboxes_failed' }, counts: { done: 5 } });
    await expect(withoutList(transport, ledger)).rejects.toMatchObject({
      code: 'audience_incomplete',
    });
  });

  it('takes in who is new to the list, wherever they stand in it, and nobody gets what is another’s', async () => {
    const [transport, ledger] = [fakeTransport({ script: busyOnce }), memoryLedger()];
    await run(transport, ledger, { mailboxes: ['b@contoso.com', 'd@contoso.com'], maxAttempts: 1 });
    const mailboxes = ['a@contoso.com', 'b@contoso.com', 'c@contoso.com', 'd@contoso.com'];
    // Both who are new and who are not are claimed at once; two of them each have the same row.
    const claim = ledger.claim.bind(ledger);
    ledger.claim = async (...given) => {
      await new Promise((resolve) => setTimeout(resolve, 100));
      return claim(...given);
    };
    const factory: IAppointmentFactory = { getAppointment: ({ mailbox }) => ({ ...LESSON, subject: mailbox.id }) };
    const runner = await createRunner({ transport, ledger, maxInFlight: 8 });
    const { counts } = await passTime(runner.run({ id: ID, mailboxes, factory }));
    expect(counts).toMatchObject({ rows: 4, done: 4 });
    expect(mailboxes.map((mailbox) => transport.stored(mailbox).map(({ subject }) => subject))).toEqual(
      mailboxes.map((mailbox) => [mailbox]),
    );
  });

  it('counts what this call settles as its own, though the list names it later', async () => {
    const [transport, ledger] = [fakeTransport({ script: busyOnce }), memoryLedger()];
    await run(transport, ledger, { maxAttempts: 1 });
    const { counts } = await run(transport, ledger, { mailboxes: slow() });
    expect(counts).toMatchObject({ rows: 20, done: 20, already: 0 });
  });

  it('leaves rejected placements alone, unless asked to take them again', async () => {
    let mended = false;
    const ledger = memoryLedger();
    const transport = fakeTransport({
      script: ({ mailbox }) =>
        mailbox.id.includes('1') && !mended ? rejected('ErrorImpersonateUserDenied') : undefined,
    });
    const options = { stopAfterRejections: Number.POSITIVE_INFINITY };
    const first = await run(transport, ledger, { ...options, lookup: 'never' });
    expect(first.counts).toMatchObject({ rejected: 11, done: 9 });
    mended = true;
    expect((await run(transport, ledger, options)).counts).toMatchObject({ already: 20, rejected: 0, done: 0 });
    const third = await run(transport, ledger, { ...options, retryRejected: true });
    expect(third.counts).toMatchObject({ already: 9, rejected: 0, done: 11 });
    expect(itemsIn(transport)).toEqual(Array(20).fill(1));
  });

  it('leaves open what a rejection of everybody stopped, and places it when the cause is mended', async () => {
    const ledger = memoryLedger();
    const transport = fakeTransport({ script: [{}, rejected('ErrorImpersonationDenied', 'run')] });
    const first = await run(transport, ledger);
    expect(first).toMatchObject({ stopped: { server: { code: 'ErrorImpersonationDenied' } }, counts: { rejected: 1 } });
    const second = await run(transport, ledger);
    expect(second.counts).toMatchObject({ rejected: 0, done: 20 - first.counts.done, already: first.counts.done });
    expect(itemsIn(transport)).toEqual(Array(20).fill(1));
  });

  it('gives what was given up one more try', async () => {
    const ledger = memoryLedger();
    const transport = fakeTransport({ script: ({ verb, nth }) => (verb === 'save' && nth <= 2 ? unseen : undefined) });
    const options = { mailboxes: ['one@contoso.com'], maxAttempts: 1 };
    const first = await run(transport, ledger, options);
    expect(first.counts).toMatchObject({ deferred: 1 });
    const second = await run(transport, ledger, options);
    expect(second.counts).toMatchObject({ unknown: 1 });
    const third = await run(transport, ledger, options);
    expect(third.counts).toMatchObject({ done: 1 });
    expect(transport.stored('one@contoso.com')).toHaveLength(1);
  });
});

describe('a run is not continued', () => {
  it.each<[string, Partial<RunOptions>, Partial<RunOptions>, string, string]>([
    [
      'with another version of its factory',
      { factory: withVersion('1') },
      { factory: withVersion('2') },
      'factory_changed',
      'factories',
    ],
    [
      'with a factory that had no version',
      { factory: lesson },
      { factory: withVersion('2') },
      'factory_changed',
      'factories',
    ],
    ['with another send mode', {}, { sendMode: 'none' }, 'run_mismatch', 'sendMode'],
  ])('%s', async (_what, first, second, code, field) => {
    const [transport, ledger] = [fakeTransport(), memoryLedger()];
    await run(transport, ledger, first);
    await expect(run(transport, ledger, { mailboxes: addresses(30), ...second })).rejects.toMatchObject({
      code,
      field,
    });
    expect(transport.saves).toHaveLength(20);
    // The refusal leaves no hold behind.
    expect((await run(transport, ledger, first)).counts.already).toBe(20);
  });

  it('with other slots', async () => {
    const [transport, ledger] = [fakeTransport(), memoryLedger()];
    await run(transport, ledger);
    const runner = await createRunner({ transport, ledger });
    const other = runner.run({ id: ID, mailboxes: addresses(30), factories: { other: lesson } });
    await expect(other).rejects.toMatchObject({ code: 'run_mismatch', field: 'factories' });
    expect(transport.saves).toHaveLength(20);
  });

  it('without a list, if the ledger never heard of it; and it is not remembered', async () => {
    const [transport, ledger] = [fakeTransport(), memoryLedger()];
    await expect(withoutList(transport, ledger)).rejects.toMatchObject({
      code: 'run_unknown',
    });
    const runs: unknown[] = [];
    for await (const manifest of ledger.runs()) runs.push(manifest);
    expect(runs).toEqual([]);
  });

  it('while another call works on it; the other is not disturbed', async () => {
    const [transport, ledger] = [fakeTransport(), memoryLedger()];
    const runner = await createRunner({ transport, ledger });
    const both = ['first', 'second'].map(() => runner.run({ id: ID, mailboxes: addresses(20), factory: lesson }));
    const [first, second] = await passTime(Promise.allSettled(both));
    expect(first).toMatchObject({ status: 'fulfilled', value: { counts: { done: 20 } } });
    expect(second).toMatchObject({ status: 'rejected', reason: { code: 'run_held' } });
    expect(String((second as PromiseRejectedResult).reason)).toContain(`pid ${process.pid}`);
    expect(itemsIn(transport)).toEqual(Array(20).fill(1));
  });
});

describe('the rows of the ledger', () => {
  it('tell what each placement went through', async () => {
    const [transport, ledger] = [
      fakeTransport({ script: [lost, rejected('ErrorQuotaExceeded'), deferred] }),
      memoryLedger(),
    ];
    const runner = await createRunner({ transport, ledger, maxInFlight: 1 });
    await passTime(runner.run({ id: ID, lookup: 'never', mailboxes: addresses(3), factory: lesson }));
    const [first, third] = ['person-1@contoso.com', 'person-3@contoso.com'].map(
      (one) => transport.stored(one)[0]?.itemId,
    );
    expect(await rowsOf(ledger, ID)).toMatchObject([
      { row: 1, state: 'done', attempts: 1, receipt: { itemId: first } },
      { row: 2, state: 'rejected', attempts: 1, error: { code: 'server_rejected', serverCode: 'ErrorQuotaExceeded' } },
      { row: 3, state: 'done', attempts: 2, receipt: { itemId: third } },
    ]);
  });
});
