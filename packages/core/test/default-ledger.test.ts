import { createRunner } from '@appointed/core';
import { fakeTransport } from '@appointed/testkit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addresses, lesson } from './lesson.js';
import { overriding } from './overriding.js';
import { passTime, stopTime } from './passing-time.js';

beforeEach(stopTime);
afterEach(() => {
  vi.useRealTimers();
});

const ID = 'spring';

describe('the default ledger', () => {
  it('remembers nothing of a run that has ended: the same id is looked up, and nobody is booked twice', async () => {
    const transport = fakeTransport();
    const runner = await createRunner({ transport });
    const options = { id: ID, mailboxes: ['one@contoso.com', 'two@contoso.com'], factory: lesson };
    await passTime(runner.run(options));
    const started: boolean[] = [];
    runner.on('runStarted', ({ isContinued }) => started.push(isContinued));
    const { counts } = await passTime(runner.run(options));
    expect(started).toEqual([false]);
    expect(counts).toMatchObject({ done: 2, already: 0 });
    expect(transport.stored('one@contoso.com')).toHaveLength(1);
  });

  it('does so after 20,000 mailboxes, too', async () => {
    vi.useRealTimers();
    const transport = overriding(fakeTransport(), {
      save: () => Promise.resolve([{ kind: 'done', value: { itemId: 'item' } }]),
    });
    const runner = await createRunner({ transport, maxInFlight: 100 });
    const report = await runner.run({ id: ID, lookup: 'never', mailboxes: addresses(20_000), factory: lesson });
    expect(report.counts.done).toBe(20_000);
    await expect(runner.run({ id: ID, factory: lesson })).rejects.toMatchObject({ code: 'run_unknown' });
  }, 60_000);

  it('lets a second call with the id wait for nobody: it is told who holds the run', async () => {
    const runner = await createRunner({ transport: fakeTransport() });
    const options = { id: ID, mailboxes: ['one@contoso.com'], factory: lesson };
    const results = await passTime(Promise.allSettled([runner.run(options), runner.run(options)]));
    expect(results).toMatchObject([{ status: 'fulfilled' }, { reason: { code: 'run_held' } }]);
  });
});
