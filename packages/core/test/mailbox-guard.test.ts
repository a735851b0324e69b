import { createRunner, type MailboxInput, memoryLedger, type RunLedger } from '@appointed/core';
import { fakeTransport } from '@appointed/testkit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addresses, lesson } from './lesson.js';
import { meetingOf } from './meetings.js';
import { passTime, stopTime } from './passing-time.js';
import { rowsOf } from './rows-of.js';

const ID = 'spring';

beforeEach(stopTime);
afterEach(() => {
  vi.useRealTimers();
});

async function namesOf(ledger: RunLedger): Promise<readonly string[]> {
  const names: string[] = [];
  for await (const { runId } of ledger.runs()) names.push(runId);
  return names;
}

function* failing(): Generator<MailboxInput> {
  yield* addresses(5);
  throw new Error('file is gone');
}

describe('a list with more mailboxes than allowed', () => {
  it('is read no further, nothing is placed, and the ledger remembers nothing of it', async () => {
    const [transport, ledger] = [fakeTransport(), memoryLedger()];
    const runner = await createRunner({ transport, ledger });
    let isClosed = false;
    function* endless(): Generator<string> {
      try {
        yield* addresses(Number.POSITIVE_INFINITY);
      } finally {
        isClosed = true;
      }
    }
    const report = await passTime(runner.run({ id: ID, mailboxes: endless(), factory: lesson, maxMailboxes: 700 }));
    expect(report.stopped).toMatchObject({ code: 'too_many_mailboxes', field: 'maxMailboxes' });
    expect(report.counts).toMatchObject({ rows: 701, done: 0, deferred: 0 });
    expect(isClosed).toBe(true);
    expect(transport.saves).toEqual([]);
    expect(await namesOf(ledger)).toEqual([]);
  });

  it('is no list of the run: the right one is taken under the same id, and nobody else is booked', async () => {
    const [transport, ledger] = [fakeTransport(), memoryLedger()];
    const runner = await createRunner({ transport, ledger });
    const options = { id: ID, factory: lesson, maxMailboxes: 3 };
    await passTime(runner.run({ ...options, mailboxes: ['wrong@contoso.com', ...addresses(3)] }));
    const report = await passTime(runner.run({ ...options, mailboxes: addresses(3) }));
    expect(report.counts).toMatchObject({ rows: 3, done: 3 });
    expect(transport.stored('wrong@contoso.com')).toEqual([]);
  });

  it('leaves a run that was begun before as it was', async () => {
    const [transport, ledger] = [fakeTransport(), memoryLedger()];
    const runner = await createRunner({ transport, ledger });
    await passTime(runner.run({ id: ID, mailboxes: addresses(2), factory: lesson }));
    const before = await rowsOf(ledger, ID);
    const report = await passTime(
      runner.run({ id: ID, mailboxes: addresses(900), factory: lesson, maxMailboxes: 800 }),
    );
    expect(report).toMatchObject({ stopped: { code: 'too_many_mailboxes' }, counts: { already: 2, done: 0 } });
    expect(await rowsOf(ledger, ID)).toEqual(before);
  });
});

describe('a list with as many mailboxes as allowed', () => {
  it.each([1, 500, 501])('is served: %i', async (count) => {
    const runner = await createRunner({ transport: fakeTransport() });
    const report = await passTime(runner.run({ mailboxes: addresses(count), factory: lesson, maxMailboxes: count }));
    expect(report.counts).toMatchObject({ rows: count, done: count });
    expect(report).not.toHaveProperty('stopped');
  });

  it('may hold rows besides that are skipped, and any number of slots', async () => {
    const transport = fakeTransport();
    const runner = await createRunner({ transport });
    const mailboxes = ['no address', 'a@contoso.com', 'A@contoso.com', 'boss@contoso.com', 'b@contoso.com'];
    const report = await passTime(
      runner.run({
        mailboxes,
        factories: { one: lesson, two: meetingOf(1) },
        maxMailboxes: 2,
        exclude: ['boss@contoso.com'],
      }),
    );
    expect(report.counts).toMatchObject({ rows: 5, skipped: 3, done: 4 });
  });

  it('is served only when it has ended', async () => {
    const transport = fakeTransport();
    const runner = await createRunner({ transport });
    let savedBefore = -1;
    async function* slowly(): AsyncGenerator<string> {
      yield* addresses(3);
      await new Promise((resolve) => setTimeout(resolve, 3_600_000));
      savedBefore = transport.saves.length;
    }
    const report = await passTime(runner.run({ mailboxes: slowly(), factory: lesson, maxMailboxes: 3 }));
    expect(savedBefore).toBe(0);
    expect(report.counts.done).toBe(3);
  });
});

describe('a list that is read to its end first', () => {
  it('and fails half-way is not served at all, and the error says so', async () => {
    const [transport, ledger] = [fakeTransport(), memoryLedger()];
    const runner = await createRunner({ transport, ledger });
    const report = await passTime(runner.run({ id: ID, mailboxes: failing(), factory: lesson, maxMailboxes: 100 }));
    expect(report.stopped).toMatchObject({ code: 'mailboxes_failed', hint: expect.stringContaining('Nobody') });
    expect(report.counts).toMatchObject({ rows: 5, done: 0 });
    expect(transport.saves).toEqual([]);
  });

  it('and never ends, always the same row, ends with the caller’s abort', async () => {
    const runner = await createRunner({ transport: fakeTransport() });
    const abort = new AbortController();
    function* same(): Generator<string> {
      setImmediate(() => abort.abort());
      for (;;) yield 'one@contoso.com';
    }
    const options = { mailboxes: same(), factory: lesson, maxMailboxes: 5, signal: abort.signal };
    const report = await passTime(runner.run(options));
    expect(report).toMatchObject({ stopped: { code: 'aborted' }, counts: { done: 0 } });
  });
});

it('any number of mailboxes is the default, and the list is read as the run goes', async () => {
  const runner = await createRunner({ transport: fakeTransport(), maxInFlight: 1 });
  const options = { mailboxes: addresses(50), factory: lesson, maxMailboxes: Number.POSITIVE_INFINITY };
  const rows: number[] = [];
  const abort = new AbortController();
  const onPlacement = ({ row }: { readonly row: number }): void => (rows.push(row), abort.abort());
  const report = await passTime(runner.run({ ...options, onPlacement, signal: abort.signal }));
  expect(report.counts.rows).toBeLessThan(10);
});
