import { AppointedError, createRunner, type RunReport } from '@appointed/core';
import { type FakeAnswer, type FakeTransport, fakeTransport } from '@appointed/testkit';
import { describe, expect, it } from 'vitest';
import { addresses, lesson } from './lesson.js';
import { overriding } from './overriding.js';
import { blind, deferred, lost, rejected } from './scripted-outcomes.js';

/** One outcome for each placement, and a look-up where it is unknown. */
const ONCE = { settleMs: 0, maxAttempts: 1 };

async function run(script: readonly FakeAnswer[], rows: number): Promise<[RunReport, FakeTransport]> {
  const transport = fakeTransport({ script: blind(script) });
  const runner = await createRunner({ transport, maxInFlight: 1 });
  const options = {
    ...ONCE,
    mailboxes: addresses(rows),
    factory: lesson,
    stopAfterRejections: Number.POSITIVE_INFINITY,
  };
  return [await runner.run(options), transport];
}

function oops(): never {
  throw new TypeError('oops');
}

describe('the outcomes of a run', () => {
  it('are counted, and no failure stops the mailboxes behind it', async () => {
    const [report, transport] = await run([rejected('ErrorQuotaExceeded'), deferred, lost], 5);
    expect(report.counts).toMatchObject({ rows: 5, skipped: 0, done: 2, rejected: 1, deferred: 1, unknown: 1 });
    expect(report).not.toHaveProperty('stopped');
    expect(transport.stored('person-5@contoso.com')).toHaveLength(1);
  });

  it('stand in the report with row, mailbox, slot and error', async () => {
    const [{ failures }] = await run([{}, rejected('ErrorQuotaExceeded')], 3);
    expect(failures).toMatchObject([
      {
        row: 2,
        mailbox: 'person-2@contoso.com',
        slot: 'default',
        kind: 'rejected',
        error: { code: 'server_rejected', server: { code: 'ErrorQuotaExceeded' } },
      },
    ]);
  });

  it('that are unknown are not repeated', async () => {
    const [report, transport] = await run([lost], 1);
    expect(report.counts).toMatchObject({ unknown: 1, done: 0 });
    expect(transport.saves).toHaveLength(1);
    expect(transport.stored('person-1@contoso.com')).toHaveLength(1);
  });

  it('fill the report with the first hundred failures only', async () => {
    const [{ counts, failures }] = await run(
      Array.from({ length: 250 }, () => deferred),
      250,
    );
    expect(counts.deferred).toBe(250);
    expect(failures.map(({ row }) => row)).toEqual(Array.from({ length: 100 }, (_, n) => n + 1));
  });

  it('stand in the report in the order of the list, in whatever order they ended', async () => {
    let answer: (() => void) | undefined;
    const after = new Promise<void>((resolve) => (answer = resolve));
    const transport = fakeTransport({ script: [{ ...deferred, after }, deferred, deferred] });
    const runner = await createRunner({ transport, maxInFlight: 3 });
    const ended: number[] = [];
    const { failures } = await runner.run({
      ...ONCE,
      mailboxes: addresses(3),
      factory: lesson,
      onPlacement({ row }) {
        if (ended.push(row) === 2) answer?.();
      },
    });
    expect(ended.at(-1)).toBe(1);
    expect(failures.map(({ row }) => row)).toEqual([1, 2, 3]);
  });

  it('of a transport that throws are unknown, with transport_failed, for that mailbox alone', async () => {
    const fake = fakeTransport();
    const transport = overriding(fake, {
      save: (request, call) =>
        request.mailbox.id === 'person-2@contoso.com' ? Promise.reject(new Error('oops')) : fake.save(request, call),
      find: () => Promise.reject(new Error('oops')),
    });
    const runner = await createRunner({ transport });
    const { counts, failures } = await runner.run({ ...ONCE, mailboxes: addresses(3), factory: lesson });
    expect(counts).toMatchObject({ done: 2, unknown: 1 });
    expect(failures).toMatchObject([
      { mailbox: 'person-2@contoso.com', error: { code: 'transport_failed', mailbox: 'person-2@contoso.com' } },
    ]);
  });

  it('of a transport that throws before it returns a promise are unknown too', async () => {
    const transport = overriding(fakeTransport(), { save: oops, find: oops });
    const runner = await createRunner({ transport });
    const { failures } = await runner.run({ ...ONCE, mailboxes: addresses(1), factory: lesson });
    expect(failures).toMatchObject([{ kind: 'unknown', error: { code: 'transport_failed' } }]);
  });

  it('that a transport forgets are unknown', async () => {
    const fake = fakeTransport();
    const save: typeof fake.save = async (request, call) => (await fake.save(request, call)).slice(0, 1);
    const runner = await createRunner({
      transport: overriding(fake, { save, find: () => Promise.reject(new Error('oops')) }),
    });
    const factories = { first: lesson, second: lesson };
    const { counts, failures } = await runner.run({ ...ONCE, mailboxes: addresses(1), factories });
    expect(counts).toMatchObject({ done: 1, unknown: 1 });
    expect(failures).toMatchObject([{ slot: 'second', kind: 'unknown', error: { code: 'transport_failed' } }]);
  });

  it('are rejected for a mailbox to which the transport knows no way', async () => {
    const fake = fakeTransport();
    const transport = overriding(fake, {
      route: (mailbox) =>
        mailbox.id === 'person-1@contoso.com' ? Promise.reject(new Error('no such host')) : fake.route(mailbox),
    });
    const runner = await createRunner({ transport });
    const { counts, failures } = await runner.run({ mailboxes: addresses(2), factory: lesson });
    expect(counts).toMatchObject({ done: 1, rejected: 1 });
    expect(failures).toMatchObject([{ row: 1, error: { code: 'transport_failed' } }]);
  });

  it('leave a quiet lane behind where the server asked for it, and the other lanes go on', async () => {
    const pause = { lane: 'fake:smtp:person-1@contoso.com', ms: 3_600_000 };
    const error = new AppointedError('server_busy', 'not for an hour');
    const transport = fakeTransport({ script: [{ outcome: { kind: 'deferred', error, pause } }] });
    const runner = await createRunner({ transport, maxInFlight: 1 });
    const { counts } = await runner.run({ ...ONCE, mailboxes: addresses(3), factory: lesson });
    expect(counts).toMatchObject({ deferred: 1, done: 2 });
  });

  it('are reported with the times, the transport and the id of the run', async () => {
    const runner = await createRunner({ transport: fakeTransport({ name: 'fake' }) });
    const report = await runner.run({ id: 'spring', mailboxes: addresses(1), factory: lesson });
    expect(report).toMatchObject({ runId: 'spring', transport: 'fake', failures: [] });
    expect(report.endedAt.getTime()).toBeGreaterThanOrEqual(report.startedAt.getTime());
  });
});
