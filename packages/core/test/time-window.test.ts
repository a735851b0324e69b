import { createRunner, memoryLedger } from '@appointed/core';
import { type FakeScript, fakeTransport } from '@appointed/testkit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addresses, lesson } from './lesson.js';
import { meetingOf } from './meetings.js';
import { passTime, stopTime } from './passing-time.js';
import { deferred } from './scripted-outcomes.js';

const ID = 'spring';
const HOUR = 3_600_000;

beforeEach(stopTime);
afterEach(() => {
  vi.useRealTimers();
});

function inMs(ms: number): Date {
  return new Date(Date.now() + ms);
}

/** Each request takes ten seconds. */
const slow: FakeScript = () => ({ after: new Promise((resolve) => setTimeout(resolve, 10_000)) });

/** A list that comes to no end. */
async function* never(): AsyncGenerator<string> {
  yield* addresses(3);
  await new Promise(() => undefined);
}

describe('when the time of a run is over', () => {
  it('nothing more is begun, what is under way ends, and the rest is placed when the run is continued', async () => {
    const [transport, ledger] = [fakeTransport({ script: slow }), memoryLedger()];
    const runner = await createRunner({ transport, ledger, maxInFlight: 2 });
    const options = { id: ID, lookup: 'never', mailboxes: [...addresses(20)], factory: lesson } as const;
    const notAfter = inMs(25_000);
    const report = await passTime(runner.run({ ...options, notAfter }));
    expect(report.stopped).toMatchObject({ code: 'time_is_up', field: 'notAfter' });
    expect(report.stopped?.message).toContain(notAfter.toISOString());
    // Two at once, at 0, 10 and 20 seconds; the last two are done at 30.
    expect(report.counts).toMatchObject({ done: 6, unknown: 0, rejected: 0 });
    expect(Date.now() - notAfter.getTime()).toBeGreaterThanOrEqual(5000);
    expect(transport.saves).toHaveLength(6);
    const second = await passTime(runner.run(options));
    expect(second.counts).toMatchObject({ already: 6, done: 14 });
    expect([...addresses(20)].map((address) => transport.stored(address).length)).toEqual(Array(20).fill(1));
  });

  it('before it has begun, nothing is read and nothing is sent', async () => {
    const transport = fakeTransport();
    const runner = await createRunner({ transport });
    const next = vi.fn<() => IteratorResult<string>>(() => ({ done: false, value: 'one@contoso.com' }));
    const mailboxes = { [Symbol.iterator]: () => ({ next }) };
    const ended: unknown[] = [];
    runner.on('runEnded', (report) => ended.push(report));
    const report = await passTime(runner.run({ mailboxes, factory: lesson, notAfter: inMs(-1) }));
    expect(report).toMatchObject({ stopped: { code: 'time_is_up' }, counts: { rows: 0, done: 0 } });
    expect(ended).toEqual([report]);
    expect(next).not.toHaveBeenCalled();
    expect(transport.saves).toEqual([]);
  });

  it('what rests until later is not waited for: it is counted as it stands', async () => {
    const runner = await createRunner({ transport: fakeTransport({ script: () => deferred }), ledger: memoryLedger() });
    const run = runner.run({ id: ID, lookup: 'never', mailboxes: addresses(3), factory: lesson, notAfter: inMs(100) });
    const report = await passTime(run);
    expect(report).toMatchObject({ stopped: { code: 'time_is_up' }, counts: { rows: 3, deferred: 3, done: 0 } });
    expect(report.failures).toHaveLength(3);
    expect(report.failures[2]).toMatchObject({ kind: 'deferred', error: { code: 'server_busy' } });
  });

  it('a list that is slow is not waited for, and its held meetings are not mailed', async () => {
    const transport = fakeTransport();
    const runner = await createRunner({ transport });
    const report = await passTime(runner.run({ mailboxes: never(), factory: meetingOf(1), notAfter: inMs(HOUR) }));
    expect(report).toMatchObject({ stopped: { code: 'time_is_up' }, counts: { rows: 3, deferred: 3, done: 0 } });
    expect(transport.saves).toEqual([]);
  });

  it('all is done already, nobody is told of it, and nothing waits for it', async () => {
    const runner = await createRunner({ transport: fakeTransport() });
    const began = Date.now();
    const report = await passTime(runner.run({ mailboxes: addresses(3), factory: lesson, notAfter: inMs(HOUR) }));
    expect(report).not.toHaveProperty('stopped');
    expect(report.counts.done).toBe(3);
    expect(Date.now() - began).toBeLessThan(HOUR);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('may lie further ahead than a timer reaches', async () => {
    const runner = await createRunner({ transport: fakeTransport() });
    const notAfter = new Date('2199-12-31T00:00:00Z');
    const report = await passTime(runner.run({ mailboxes: addresses(3), factory: lesson, notAfter }));
    expect(report.counts.done).toBe(3);
  });
});

it.each([
  ['a number', 4_000_000_000_000],
  ['a text', '2199-12-31'],
  ['an invalid Date', new Date('whenever')],
])('%s is no time', async (_what, notAfter) => {
  const runner = await createRunner({ transport: fakeTransport() });
  const run = runner.run({ mailboxes: addresses(1), factory: lesson, notAfter: notAfter as Date });
  await expect(run).rejects.toMatchObject({ code: 'invalid_options', field: 'notAfter' });
});
