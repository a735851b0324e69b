import { createRunner, memoryLedger } from '@appointed/core';
import { fakeTransport } from '@appointed/testkit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addresses, lesson } from './lesson.js';
import { meetingOf } from './meetings.js';
import { passTime, stopTime } from './passing-time.js';

const ID = 'spring';

beforeEach(stopTime);
afterEach(() => {
  vi.useRealTimers();
});

/** Each request takes ten seconds. */
const slow = () => ({ after: new Promise<void>((resolve) => setTimeout(resolve, 10_000)) });

describe('a run that is paused', () => {
  it('begins nothing more, finishes what is under way, and can be continued with its list', async () => {
    const [transport, ledger] = [fakeTransport({ script: slow }), memoryLedger()];
    const runner = await createRunner({ transport, ledger, maxInFlight: 2 });
    const pause = new AbortController();
    const options = { id: ID, lookup: 'never', mailboxes: [...addresses(20)], factory: lesson } as const;
    setTimeout(() => pause.abort(), 15_000);
    const report = await passTime(runner.run({ ...options, pause: pause.signal }));
    expect(report.stopped).toMatchObject({ code: 'paused', field: 'pause' });
    expect(report.counts).toMatchObject({ done: 4, unknown: 0, rejected: 0 });
    const { mailboxes: _given, ...without } = options;
    await expect(runner.run(without)).rejects.toMatchObject({ code: 'audience_incomplete' });
    const second = await passTime(runner.run(options));
    expect(second.counts).toMatchObject({ already: 4, done: 16 });
    expect(transport.saves).toHaveLength(20);
  });

  it('can still be aborted: what is under way is given up', async () => {
    const [transport, ledger] = [fakeTransport({ script: slow }), memoryLedger()];
    const runner = await createRunner({ transport, ledger, maxInFlight: 2 });
    const [pause, stop] = [new AbortController(), new AbortController()];
    setTimeout(() => pause.abort(), 4_000);
    setTimeout(() => stop.abort(), 5_000);
    const began = Date.now();
    const report = await passTime(
      runner.run({
        id: ID,
        mailboxes: addresses(9),
        factory: lesson,
        lookup: 'never',
        pause: pause.signal,
        signal: stop.signal,
      }),
    );
    expect(report).toMatchObject({ stopped: { code: 'paused' }, counts: { done: 0, unknown: 2 } });
    expect(Date.now() - began).toBeLessThan(10_000);
  });

  it('mails none of the meetings that were held back', async () => {
    const transport = fakeTransport();
    const runner = await createRunner({ transport, ledger: memoryLedger() });
    const pause = new AbortController();
    function* list(): Generator<string> {
      yield* addresses(3);
      pause.abort();
    }
    const report = await passTime(
      runner.run({ id: ID, mailboxes: list(), factory: meetingOf(1), pause: pause.signal }),
    );
    expect(report).toMatchObject({ stopped: { code: 'paused' }, counts: { done: 0 } });
    expect(transport.saves).toEqual([]);
  });

  it('before it has begun reads nothing and sends nothing', async () => {
    const transport = fakeTransport();
    const runner = await createRunner({ transport });
    const report = await runner.run({ mailboxes: addresses(3), factory: lesson, pause: AbortSignal.abort() });
    expect(report).toMatchObject({ stopped: { code: 'paused' }, counts: { rows: 0, done: 0 } });
    expect(transport.saves).toEqual([]);
  });
});
