import { createRunner, memoryLedger, type RunOptions, type RunReport } from '@appointed/core';
import { type FakeTransport, fakeTransport } from '@appointed/testkit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addresses, lesson } from './lesson.js';
import { passTime, stopTime } from './passing-time.js';
import { deferred, rejected } from './scripted-outcomes.js';

beforeEach(stopTime);
afterEach(() => {
  vi.useRealTimers();
});

/** The mailboxes with these numbers are rejected. */
function rejecting(isBad: (n: number) => boolean): FakeTransport {
  return fakeTransport({
    script: ({ mailbox }) => (isBad(Number(/\d+/.exec(mailbox.id)?.[0])) ? rejected('ErrorQuotaExceeded') : undefined),
  });
}

async function run(transport: FakeTransport, count: number, options: Partial<RunOptions>): Promise<RunReport> {
  const runner = await createRunner({ transport, maxInFlight: 1 });
  return passTime(runner.run({ mailboxes: addresses(count), factory: lesson, ...options }));
}

describe('a part of failures that is larger than allowed', () => {
  it('stops the run, and says how many failed', async () => {
    const transport = rejecting((n) => n % 4 === 0);
    const report = await run(transport, 100, { maxFailureRate: 0.2 });
    expect(report.stopped).toMatchObject({ code: 'too_many_failures' });
    expect(report.stopped?.message).toContain('5 of 20');
    expect(report.counts).toMatchObject({ done: 15, rejected: 5 });
    expect(transport.saves).toHaveLength(20);
  });

  it('is nothing to be said of fewer than 20', async () => {
    const report = await run(
      rejecting((n) => n !== 5 && n !== 10),
      19,
      { maxFailureRate: 0 },
    );
    expect(report).not.toHaveProperty('stopped');
    expect(report.counts).toMatchObject({ done: 2, rejected: 17 });
  });

  it('is any, where none is allowed', async () => {
    const first = await run(
      rejecting((n) => n === 1),
      30,
      { maxFailureRate: 0 },
    );
    expect(first).toMatchObject({ stopped: { code: 'too_many_failures' }, counts: { done: 19, rejected: 1 } });
    const later = await run(
      rejecting((n) => n === 25),
      30,
      { maxFailureRate: 0 },
    );
    expect(later).toMatchObject({ stopped: { code: 'too_many_failures' }, counts: { done: 24, rejected: 1 } });
  });

  it('is not as large a part as allowed', async () => {
    const report = await run(
      rejecting((n) => n % 4 === 0),
      100,
      { maxFailureRate: 0.25 },
    );
    expect(report).not.toHaveProperty('stopped');
    expect(report.counts).toMatchObject({ done: 75, rejected: 25 });
  });

  it.each([{}, { maxFailureRate: 1 }])('is never reached by default, or with 1: %j', async (options) => {
    const report = await run(
      rejecting(() => true),
      40,
      { ...options, stopAfterRejections: Number.POSITIVE_INFINITY },
    );
    expect(report).not.toHaveProperty('stopped');
    expect(report.counts.rejected).toBe(40);
  });

  it('is not what is skipped, put off or still rests', async () => {
    const transport = fakeTransport({ script: ({ nth }) => (nth === 1 ? deferred : undefined) });
    const mailboxes = [...addresses(20), ...addresses(20)];
    const report = await run(transport, 0, { mailboxes, maxFailureRate: 0, maxAttempts: 1 });
    expect(report).not.toHaveProperty('stopped');
    expect(report.counts).toMatchObject({ rows: 40, skipped: 20, deferred: 20 });
  });

  it('leaves the others to be placed when the cause is mended', async () => {
    const ledger = memoryLedger();
    let isMended = false;
    const transport = rejecting((n) => n % 2 === 0 && !isMended);
    const runner = await createRunner({ transport, ledger, maxInFlight: 4 });
    const options = { id: 'spring', lookup: 'never', mailboxes: [...addresses(60)], factory: lesson } as const;
    const first = await passTime(runner.run({ ...options, maxFailureRate: 0.1 }));
    expect(first.stopped).toMatchObject({ code: 'too_many_failures' });
    isMended = true;
    const second = await passTime(runner.run({ ...options, maxFailureRate: 0, retryRejected: true }));
    expect(second.counts).toMatchObject({ already: first.counts.done, done: 60 - first.counts.done, rejected: 0 });
    expect([...addresses(60)].map((address) => transport.stored(address).length)).toEqual(Array(60).fill(1));
  });
});

it.each([-0.1, 1.1, 20, Number.NaN, null, '0.5'])('%j is no part', async (maxFailureRate) => {
  const promise = run(fakeTransport(), 1, { maxFailureRate } as RunOptions);
  await expect(promise).rejects.toMatchObject({ code: 'invalid_options', field: 'maxFailureRate' });
});
