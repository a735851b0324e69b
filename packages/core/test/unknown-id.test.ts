import { createRunner, memoryLedger } from '@appointed/core';
import { fakeTransport } from '@appointed/testkit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addresses, lesson } from './lesson.js';
import { passTime, stopTime } from './passing-time.js';
import { deferred, unseen } from './scripted-outcomes.js';
import { ID, interrupted, itemsIn, run } from './twenty-mailboxes.js';

beforeEach(stopTime);
afterEach(() => {
  vi.useRealTimers();
});

describe('an id that the ledger does not know', () => {
  it('may be known to the server: a second laptop looks first, and books nobody twice', async () => {
    const transport = fakeTransport();
    await run(transport, memoryLedger(), { mailboxes: addresses(10) });
    const found: number[] = [];
    const runner = await createRunner({ transport, ledger: memoryLedger() });
    runner.on('placementFound', ({ row }) => found.push(row));
    const { counts } = await passTime(runner.run({ id: ID, mailboxes: addresses(20), factory: lesson }));
    expect(counts).toMatchObject({ done: 20, already: 0, duplicates: 0 });
    expect(found.toSorted((one, other) => one - other)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(itemsIn(transport)).toEqual(Array(20).fill(1));
  });

  it('is looked up also when its run is interrupted and continued', async () => {
    const transport = fakeTransport();
    await run(transport, memoryLedger());
    const ledger = memoryLedger();
    await interrupted(transport, ledger);
    const { counts } = await run(transport, ledger);
    expect(counts.rows).toBe(20);
    expect(itemsIn(transport)).toEqual(Array(20).fill(1));
  });

  it.each([
    ['the look-up is deferred', deferred],
    ['the look-up has no answer', unseen],
  ])('is not sent while %s', async (_what, failing) => {
    const ledgers = [memoryLedger(), memoryLedger()] as const;
    const transport = fakeTransport({
      script: ({ verb, nth }) => (verb === 'find' && nth === 2 ? failing : undefined),
    });
    await run(transport, ledgers[0]);
    const { counts } = await run(transport, ledgers[1]);
    expect(counts).toMatchObject({ done: 20, duplicates: 0 });
    expect(transport.saves).toHaveLength(20);
  });

  it('is rejected where the mailbox refuses to be looked at', async () => {
    const transport = fakeTransport({ denied: ['person-2@contoso.com'] });
    const { counts, failures } = await run(transport, memoryLedger());
    expect(counts).toMatchObject({ done: 19, rejected: 1 });
    expect(failures).toMatchObject([
      { row: 2, kind: 'rejected', error: { server: { code: 'ErrorImpersonateUserDenied' } } },
    ]);
  });

  it('is not looked up where that is not wanted, nor where the id is new', async () => {
    const transport = fakeTransport();
    const finds = vi.spyOn(transport, 'find');
    const never = await run(transport, memoryLedger(), { lookup: 'never' });
    const runner = await createRunner({ transport, ledger: memoryLedger() });
    const fresh = await passTime(runner.run({ mailboxes: addresses(20), factory: lesson }));
    expect([never.counts.done, fresh.counts.done]).toEqual([20, 20]);
    expect(finds).not.toHaveBeenCalled();
  });
});
