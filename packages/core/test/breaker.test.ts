import { createRunner, type RunOptions, type RunReport } from '@appointed/core';
import { type FakeScript, type FakeTransport, fakeTransport } from '@appointed/testkit';
import { describe, expect, it } from 'vitest';
import { addresses, lesson } from './lesson.js';
import { expectRows } from './read-ahead.js';
import { deferred, rejected } from './scripted-outcomes.js';

const denied = rejected('ErrorImpersonateUserDenied');

async function run(
  script: FakeScript,
  options: Partial<RunOptions> = { factory: lesson },
  maxInFlight = 1,
): Promise<[RunReport, FakeTransport]> {
  const transport = fakeTransport({ script, capabilities: { maxItemsPerSave: 1 } });
  const runner = await createRunner({ transport, maxInFlight });
  return [await runner.run({ mailboxes: addresses(100), maxAttempts: 1, ...options }), transport];
}

describe('a run stops early', () => {
  it('when twenty mailboxes in a row were rejected with one code', async () => {
    const [report] = await run(() => denied);
    expect(report.counts).toMatchObject({ done: 0, rejected: 20 });
    expectRows(report, 20, 1);
    expect(report.stopped).toMatchObject({ code: 'too_many_rejections', cause: { code: 'server_rejected' } });
    expect(report.stopped?.message).toContain('ErrorImpersonateUserDenied');
  });

  it('when the factory fails for everybody', async () => {
    const factory = {
      getAppointment: (): never => {
        throw new Error('no database');
      },
    };
    const [report] = await run([], { factory });
    expect(report.counts).toMatchObject({ done: 0, rejected: 20 });
    expectRows(report, 20, 1);
    expect(report.stopped).toMatchObject({ code: 'too_many_rejections' });
  });

  it('at once where the server says that nobody can be served', async () => {
    const [report, transport] = await run([{}, rejected('ErrorImpersonationDenied', 'run')]);
    expect(report.counts).toMatchObject({ done: 1, rejected: 1 });
    expectRows(report, 2, 1);
    expect(report.stopped).toMatchObject({ server: { code: 'ErrorImpersonationDenied' } });
    expect(transport.saves).toHaveLength(2);
  });

  it('and lets requests that are under way come to their end', async () => {
    const [report, transport] = await run([rejected('ErrorImpersonationDenied', 'run')], { factory: lesson }, 3);
    expect(report.counts).toMatchObject({ rejected: 1, done: 2 });
    expect(transport.saves).toHaveLength(3);
    expectRows(report, 3, 3);
  });

  it('for the first of several reasons', async () => {
    const [report] = await run(() => denied, {
      factory: lesson,
      stopAfterRejections: 1,
      onPlacement: () => Promise.reject(new Error('disk full')),
    });
    expect(report.stopped).toMatchObject({ code: 'too_many_rejections' });
  });

  it('after as many as it was told', async () => {
    const [report] = await run(() => denied, { factory: lesson, stopAfterRejections: 3 });
    expect(report.counts).toMatchObject({ done: 0, rejected: 3 });
    expectRows(report, 3, 1);
  });
});

describe('a run goes on', () => {
  it('when one was saved between the rejections', async () => {
    const [report] = await run([
      ...Array.from({ length: 19 }, () => denied),
      {},
      ...Array.from({ length: 19 }, () => denied),
    ]);
    expect(report.counts).toMatchObject({ rows: 100, rejected: 38, done: 62 });
    expect(report).not.toHaveProperty('stopped');
  });

  it('when the codes differ', async () => {
    const other = rejected('ErrorNonExistentMailbox');
    const [report] = await run(({ mailbox }) => (mailbox.id.includes('5') ? other : denied));
    expect(report.counts.rejected).toBe(100);
  });

  it('when placements are deferred', async () => {
    const [report] = await run(() => deferred);
    expect(report.counts).toMatchObject({ rows: 100, deferred: 100 });
  });

  it('for ever, if it is told so', async () => {
    const [report] = await run(() => denied, { factory: lesson, stopAfterRejections: Number.POSITIVE_INFINITY });
    expect(report.counts).toMatchObject({ rows: 100, rejected: 100 });
  });

  it.each([1, 2, 19])('when %i mailboxes at once were rejected, in however many slots', async (mailboxes) => {
    const factories = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`slot ${n}`, lesson]));
    const [report] = await run(() => denied, { factories, mailboxes: addresses(mailboxes) }, mailboxes);
    expect(report.counts).toMatchObject({ rows: mailboxes, rejected: mailboxes * 30 });
    expect(report).not.toHaveProperty('stopped');
  });
});
