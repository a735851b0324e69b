import { createRunner, memoryLedger, type RunLedger } from '@appointed/core';
import { fakeTransport } from '@appointed/testkit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addresses, lesson } from './lesson.js';
import { passTime, stopTime } from './passing-time.js';
import { rejected } from './scripted-outcomes.js';
import { ID, interrupted, itemsIn, run } from './twenty-mailboxes.js';

beforeEach(stopTime);
afterEach(() => {
  vi.useRealTimers();
});

async function namesOf(ledger: RunLedger): Promise<readonly string[]> {
  const names: string[] = [];
  for await (const { runId } of ledger.runs()) names.push(runId);
  return names;
}

describe('resuming', () => {
  it('a run that was interrupted places what is missing, once each', async () => {
    const [transport, ledger] = [fakeTransport(), memoryLedger()];
    const first = await interrupted(transport, ledger);
    const runner = await createRunner({ transport, ledger });
    const report = await passTime(runner.resume(ID, { mailboxes: addresses(20), factory: lesson }));
    expect(report).toMatchObject({ runId: ID, verb: 'run' });
    expect(report.counts).toMatchObject({ rows: 20, already: first.counts.done, done: 20 - first.counts.done });
    expect(itemsIn(transport)).toEqual(Array(20).fill(1));
  });

  it('needs no list where that was read to its end, and takes rejected ones again if asked', async () => {
    let isMended = false;
    const ledger = memoryLedger();
    const transport = fakeTransport({
      script: ({ mailbox }) => (mailbox.id.includes('1') && !isMended ? rejected('ErrorQuotaExceeded') : undefined),
    });
    await run(transport, ledger, { lookup: 'never' });
    isMended = true;
    const runner = await createRunner({ transport, ledger });
    const without = await passTime(runner.resume(ID, { factory: lesson }));
    expect(without.counts).toMatchObject({ rows: 0, already: 20, done: 0 });
    const report = await passTime(runner.resume(ID, { factory: lesson, retryRejected: true }));
    expect(report.counts).toMatchObject({ already: 9, done: 11 });
    expect(itemsIn(transport)).toEqual(Array(20).fill(1));
  });

  it.each([
    ['with the list', { mailboxes: ['one@contoso.com'] }],
    ['without a list', {}],
    ['with a dry run', { mailboxes: ['one@contoso.com'], dryRun: true }],
  ])('what the ledger does not know is refused, and it is not remembered: %s', async (_how, options) => {
    const [transport, ledger] = [fakeTransport(), memoryLedger()];
    const runner = await createRunner({ transport, ledger });
    const resumed = runner.resume(ID, { factory: lesson, ...options });
    await expect(resumed).rejects.toMatchObject({ code: 'run_unknown' });
    expect(await namesOf(ledger)).toEqual([]);
    expect(transport.saves).toEqual([]);
  });

  it('is impossible without a ledger: nothing outlives a run', async () => {
    const transport = fakeTransport();
    const runner = await createRunner({ transport });
    await passTime(runner.run({ id: ID, mailboxes: addresses(2), factory: lesson }));
    const resumed = runner.resume(ID, { mailboxes: addresses(2), factory: lesson });
    await expect(resumed).rejects.toMatchObject({ code: 'run_unknown' });
    expect(transport.saves).toHaveLength(2);
  });

  it.each(['', 'x'.repeat(201), 7 as never])('needs the id of a run: not %j', async (id) => {
    const runner = await createRunner({ transport: fakeTransport(), ledger: memoryLedger() });
    await expect(runner.resume(id, { factory: lesson })).rejects.toMatchObject({
      code: 'invalid_options',
      field: 'id',
    });
  });

  it('is refused what is no option', async () => {
    const runner = await createRunner({ transport: fakeTransport(), ledger: memoryLedger() });
    const resumed = runner.resume(ID, { factory: lesson, leavers: 'remove' } as never);
    await expect(resumed).rejects.toMatchObject({ code: 'invalid_options', field: 'leavers' });
  });
});
