import {
  AppointedError,
  createRunner,
  type IAppointmentFactory,
  type Outcome,
  type Receipt,
  type Route,
} from '@appointed/core';
import { type FakeAnswer, type FakeTransport, fakeTransport } from '@appointed/testkit';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { addresses, lesson } from './lesson.js';
import { overriding } from './overriding.js';
import { passTime, stopTime } from './passing-time.js';
import { expectRows } from './read-ahead.js';
import { deferred, lost } from './scripted-outcomes.js';

const NEVER = new Promise<never>(() => undefined);
const reason = new Error('enough');

afterEach(() => {
  vi.useRealTimers();
});

function numberOf(mailbox: string): number {
  return Number(/\d+/.exec(mailbox));
}

/** A transport whose saves never answer, and a promise for the moment when so many have arrived. */
function silent(saves: number): readonly [FakeTransport, Promise<void>] {
  let arrive: (() => void) | undefined;
  let arrivals = 0;
  const arrived = new Promise<void>((resolve) => (arrive = resolve));
  const script = (): FakeAnswer => {
    arrivals += 1;
    if (arrivals === saves) arrive?.();
    return { after: 'never' };
  };
  return [fakeTransport({ script }), arrived];
}

describe('an aborted run', () => {
  it('reads and sends nothing when it was aborted before it began', async () => {
    let read = false;
    function* list(): Generator<string> {
      read = true;
      yield 'person@contoso.com';
    }
    const transport = fakeTransport();
    const runner = await createRunner({ transport });
    const report = await runner.run({ mailboxes: list(), factory: lesson, signal: AbortSignal.abort(reason) });
    expect(report.stopped).toMatchObject({ code: 'aborted', cause: reason });
    expect(report.counts).toMatchObject({ rows: 0, skipped: 0, done: 0, rejected: 0, deferred: 0, unknown: 0 });
    expect([read, transport.saves]).toEqual([false, []]);
  });

  it('begins nothing more in the middle of the list', async () => {
    const run = new AbortController();
    const transport = fakeTransport();
    const runner = await createRunner({ transport, maxInFlight: 1 });
    const report = await runner.run({
      mailboxes: addresses(10),
      factory: lesson,
      signal: run.signal,
      onPlacement: ({ row }) => (row === 3 ? run.abort(reason) : undefined),
    });
    expect(report.counts).toMatchObject({ done: 3, deferred: 0 });
    expectRows(report, 3, 1);
    expect(report.stopped).toMatchObject({ code: 'aborted' });
    expect(transport.saves).toHaveLength(3);
  });

  it('gives up the requests under way and reports them as unknown', async () => {
    const [transport, arrived] = silent(2);
    const run = new AbortController();
    const runner = await createRunner({ transport, maxInFlight: 2 });
    const ending = runner.run({ mailboxes: addresses(10), factory: lesson, signal: run.signal });
    await arrived;
    run.abort(reason);
    const report = await ending;
    expect(report.counts).toMatchObject({ unknown: 2, done: 0 });
    expectRows(report, 2, 2);
  });

  it('ends although a list never gives its next row, and lets the list go', async () => {
    const run = new AbortController();
    let returned = false;
    const list: AsyncIterable<string> = {
      [Symbol.asyncIterator]: () => ({
        next: () => (run.abort(reason), NEVER),
        return: () => ((returned = true), NEVER),
      }),
    };
    const runner = await createRunner({ transport: fakeTransport() });
    const report = await runner.run({ mailboxes: list, factory: lesson, signal: run.signal });
    expect(report.stopped).toMatchObject({ code: 'aborted' });
    expect(returned).toBe(true);
  });

  it('ends although a factory never answers, and defers its placement', async () => {
    const run = new AbortController();
    const factory: IAppointmentFactory = { getAppointment: () => (run.abort(reason), NEVER) };
    const transport = fakeTransport();
    const runner = await createRunner({ transport, maxInFlight: 1 });
    const report = await runner.run({ mailboxes: addresses(5), factory, signal: run.signal });
    expect(report.counts).toMatchObject({ deferred: 1 });
    expectRows(report, 1, 1);
    expect(report.failures).toMatchObject([{ kind: 'deferred', error: { code: 'aborted' } }]);
    expect(transport.saves).toEqual([]);
  });

  it('ends although the way to a mailbox is never found, and defers its placement', async () => {
    const run = new AbortController();
    const transport = overriding(fakeTransport(), { route: () => (run.abort(reason), NEVER as Promise<Route>) });
    const runner = await createRunner({ transport, maxInFlight: 1 });
    const report = await runner.run({ mailboxes: addresses(5), factory: lesson, signal: run.signal });
    expect(report.counts).toMatchObject({ deferred: 1 });
    expectRows(report, 1, 1);
  });

  it('ends although requests wait for a quiet lane, and defers them', async () => {
    const run = new AbortController();
    const error = new AppointedError('server_busy', 'not for an hour');
    const pause = { lane: 'identity', ms: 3_600_000 };
    const transport = fakeTransport({
      lanes: () => [{ id: 'identity', maxInFlight: 1 }],
      script: [{ outcome: { kind: 'deferred', error, pause } }],
    });
    const runner = await createRunner({ transport, maxInFlight: 2 });
    runner.on('placementDeferred', () => run.abort(reason));
    const report = await runner.run({ mailboxes: addresses(9), factory: lesson, signal: run.signal });
    expect(report.counts).toMatchObject({ deferred: 2 });
    expectRows(report, 2, 2);
    expect(report.failures.map(({ error: { code } }) => code)).toEqual(['server_busy', 'aborted']);
    expect(transport.saves).toHaveLength(1);
  });

  it('ends although placements rest, and reports them as they stand', async () => {
    stopTime();
    const run = new AbortController();
    const transport = fakeTransport({ script: [lost, deferred] });
    const runner = await createRunner({ transport, maxInFlight: 1 });
    const told: string[] = [];
    runner.on('placementSaved', ({ row }) => (row === 4 ? run.abort(reason) : undefined));
    const report = await passTime(
      runner.run({
        mailboxes: addresses(4),
        factory: lesson,
        signal: run.signal,
        onPlacement: ({ row, outcome }) => void told.push(`${row} ${outcome.kind}`),
      }),
    );
    expect(report.counts).toMatchObject({ done: 2, deferred: 1, unknown: 1 });
    expect(report.failures).toMatchObject([
      { row: 1, kind: 'unknown', error: { code: 'connection_lost', mailbox: 'person-1@contoso.com' } },
      { row: 2, kind: 'deferred', error: { code: 'server_busy' } },
    ]);
    expect(told).toEqual(['3 done', '4 done', '1 unknown', '2 deferred']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('ends although its onPlacement never does', async () => {
    stopTime();
    const run = new AbortController();
    const transport = fakeTransport();
    const runner = await createRunner({ transport, maxInFlight: 1 });
    const onPlacement = (): Promise<void> => (run.abort(reason), NEVER);
    const report = await passTime(
      runner.run({ mailboxes: addresses(5), factory: lesson, signal: run.signal, onPlacement }),
    );
    expect(report).toMatchObject({ stopped: { code: 'aborted' }, counts: { done: 1 } });
    expect(transport.saves).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('waits some seconds for an onPlacement that is under way', async () => {
    stopTime();
    const run = new AbortController();
    let isWritten = false;
    const runner = await createRunner({ transport: fakeTransport(), maxInFlight: 1 });
    const onPlacement = async (): Promise<void> => {
      run.abort(reason);
      await new Promise((resolve) => setTimeout(resolve, 3000));
      isWritten = true;
    };
    await passTime(runner.run({ mailboxes: addresses(5), factory: lesson, signal: run.signal, onPlacement }));
    expect(isWritten).toBe(true);
  });

  it('ends although a transport ignores the signal, and reports unknown', async () => {
    stopTime();
    const run = new AbortController();
    const save = (): Promise<readonly Outcome<Receipt>[]> => (run.abort(reason), NEVER);
    const runner = await createRunner({ transport: overriding(fakeTransport(), { save }), maxInFlight: 1 });
    const ending = runner.run({ mailboxes: addresses(2), factory: lesson, signal: run.signal });
    const report = await passTime(ending);
    expect(report.counts).toMatchObject({ unknown: 1 });
    expectRows(report, 1, 1);
    expect(report.failures).toMatchObject([{ error: { code: 'transport_failed' } }]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('takes its outcomes from a transport that answers late, but answers', async () => {
    const run = new AbortController();
    const fake = fakeTransport();
    const save: typeof fake.save = async (request, call) => {
      run.abort(reason);
      return await fake.save(request, { ...call, signal: new AbortController().signal });
    };
    const runner = await createRunner({ transport: overriding(fake, { save }), maxInFlight: 1 });
    const report = await runner.run({ mailboxes: addresses(2), factory: lesson, signal: run.signal });
    expect(report.counts).toMatchObject({ done: 1 });
    expectRows(report, 1, 1);
  });

  it('leaves no listener on the signal of its caller', async () => {
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, 'addEventListener');
    const removed = vi.spyOn(signal, 'removeEventListener');
    const runner = await createRunner({ transport: fakeTransport() });
    await runner.run({ mailboxes: addresses(5), factory: lesson, signal });
    expect(added.mock.calls.length).toBeGreaterThan(0);
    expect(removed.mock.calls.length).toBe(added.mock.calls.length);
  });
});

describe('a run over a transport that never answers', () => {
  it('goes on when the time of the call is over', async () => {
    stopTime();
    const transport = overriding(fakeTransport(), {
      save: ({ mailbox }) =>
        mailbox.id === 'person-1@contoso.com'
          ? NEVER
          : Promise.resolve([{ kind: 'done', value: { itemId: 'item-1' } }]),
      find: (mailbox) => (mailbox.id === 'person-1@contoso.com' ? NEVER : Promise.resolve({ kind: 'done', value: [] })),
    });
    const runner = await createRunner({ transport, maxInFlight: 1 });
    const options = { requestTimeoutMs: 1000, settleMs: 0, maxAttempts: 1 };
    const { counts } = await passTime(runner.run({ mailboxes: addresses(2), factory: lesson, ...options }));
    expect(counts).toMatchObject({ unknown: 1, done: 1 });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('gives up each request when its own time is over', async () => {
    stopTime();
    const sent = new Map<number, number>();
    const transport = overriding(fakeTransport(), {
      save: ({ mailbox }) => (sent.set(numberOf(mailbox.id), performance.now()), NEVER),
      find: () => Promise.reject(new Error('no answer either')),
    });
    const runner = await createRunner({ transport, maxInFlight: 2 });
    const took: number[] = [];
    runner.on('placementUnknown', ({ row, retryAt }) => {
      if (retryAt !== undefined) took.push(performance.now() - (sent.get(row) ?? 0));
    });
    const ending = runner.run({
      mailboxes: addresses(4),
      factory: {
        async getAppointment(context) {
          await new Promise((resolve) => setTimeout(resolve, numberOf(context.mailbox.id) * 100));
          return await lesson.getAppointment(context);
        },
      },
      requestTimeoutMs: 1000,
      settleMs: 10_000,
      maxAttempts: 1,
    });
    expect((await passTime(ending)).counts).toMatchObject({ unknown: 4 });
    // A second for the call, and five until a transport that breaks its contract is given up.
    expect(took).toEqual([6000, 6000, 6000, 6000]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('leaves no timer behind when it was aborted with nothing under way', async () => {
    stopTime();
    const run = new AbortController();
    const factory: IAppointmentFactory = { getAppointment: () => (run.abort(reason), NEVER) };
    const runner = await createRunner({ transport: fakeTransport() });
    await runner.run({ mailboxes: addresses(1), factory, signal: run.signal });
    expect(vi.getTimerCount()).toBe(0);
  });
});
