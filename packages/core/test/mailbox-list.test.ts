import { AppointedError, createRunner, type MailboxInput, type RunOptions, type RunReport } from '@appointed/core';
import { type FakeAnswer, type FakeTransport, fakeTransport } from '@appointed/testkit';
import { describe, expect, it } from 'vitest';
import { addresses, lesson } from './lesson.js';
import { overriding } from './overriding.js';

/** Not before an hour has passed: longer than any test. */
const later: FakeAnswer = {
  outcome: {
    kind: 'deferred',
    error: new AppointedError('server_busy', 'scripted'),
    pause: { lane: 'another', ms: 3_600_000 },
  },
};

const three = ['one@contoso.com', 'two@contoso.com', 'three@contoso.com'];

async function run(
  mailboxes: NonNullable<RunOptions['mailboxes']>,
  maxInFlight = 2,
): Promise<[RunReport, FakeTransport]> {
  const transport = fakeTransport();
  const runner = await createRunner({ transport, maxInFlight });
  return [await runner.run({ mailboxes, factory: lesson }), transport];
}

function* generated(): Generator<MailboxInput> {
  yield* three;
}

async function* streamed(): AsyncGenerator<MailboxInput> {
  for (const mailbox of three) yield await Promise.resolve(mailbox);
}

describe('the list of mailboxes', () => {
  it.each([
    ['an array', () => three],
    ['a set', () => new Set(three)],
    ['a generator', generated],
    ['an async generator', streamed],
  ])('may be %s', async (_kind, list) => {
    const [report, transport] = await run(list());
    expect(report.counts).toMatchObject({ rows: 3, skipped: 0, done: 3, rejected: 0, deferred: 0, unknown: 0 });
    expect(three.map((mailbox) => transport.stored(mailbox).length)).toEqual([1, 1, 1]);
  });

  it('may be empty', async () => {
    const [report] = await run([]);
    expect(report.counts).toMatchObject({ rows: 0, skipped: 0, done: 0, rejected: 0, deferred: 0, unknown: 0 });
    expect(report).not.toHaveProperty('stopped');
  });

  it('is read no further ahead than four times as many as may be in flight, beside those that are worked on', async () => {
    let read = 0;
    let furthestAhead = 0;
    function* counted(): Generator<string> {
      for (const address of addresses(50)) {
        read += 1;
        yield address;
      }
    }
    let settled = 0;
    const runner = await createRunner({ transport: fakeTransport(), maxInFlight: 4 });
    const onPlacement = (): void => {
      furthestAhead = Math.max(furthestAhead, read - settled);
      settled += 1;
    };
    await runner.run({ mailboxes: counted(), factory: lesson, onPlacement });
    expect(settled).toBe(50);
    expect(furthestAhead).toBeLessThanOrEqual(4 * 4 + 4);
  });

  it('is asked for one row at a time, since not every iterator takes a second question before the first answer', async () => {
    let asked = 0;
    let most = 0;
    const rows = addresses(20);
    const list: AsyncIterable<string> = {
      [Symbol.asyncIterator]: () => ({
        async next() {
          asked += 1;
          most = Math.max(most, asked);
          await new Promise((resolve) => setImmediate(resolve));
          asked -= 1;
          return rows.next();
        },
      }),
    };
    const [report] = await run(list, 5);
    expect(report.counts.done).toBe(20);
    expect(most).toBe(1);
  });

  it('names mailboxes by address, principal name or SID, with attributes for the factory', async () => {
    const seen: unknown[] = [];
    const runner = await createRunner({ transport: fakeTransport() });
    const sid = 'S-1-5-21-1004336348-1177238915-682003330-512';
    await runner.run({
      mailboxes: [' Alfred@Contoso.com ', { upn: 'alisa@contoso.com', attributes: { name: 'Alisa' } }, { sid }],
      factory: { getAppointment: (context) => (seen.push(context.mailbox), lesson.getAppointment(context)) },
    });
    expect(seen).toEqual([
      { kind: 'smtp', id: 'Alfred@Contoso.com', attributes: {} },
      { kind: 'upn', id: 'alisa@contoso.com', attributes: { name: 'Alisa' } },
      { kind: 'sid', id: sid, attributes: {} },
    ]);
    expect(seen.every((mailbox) => Object.isFrozen(mailbox))).toBe(true);
  });

  it('may hold a mailbox twice, in any case: the second is reported and skipped', async () => {
    const [report, transport] = await run(['one@contoso.com', 'two@contoso.com', 'ONE@Contoso.com'], 1);
    expect(report.counts).toMatchObject({ rows: 3, skipped: 1, done: 2 });
    expect(report.failures).toMatchObject([
      { row: 3, kind: 'skipped', mailbox: 'ONE@Contoso.com', error: { code: 'duplicate_mailbox', row: 3 } },
    ]);
    expect(transport.stored('one@contoso.com')).toHaveLength(1);
  });

  it('may be of 10,000 generated rows, in which one stands twice', async () => {
    const transport = overriding(fakeTransport(), {
      save: () => Promise.resolve([{ kind: 'done', value: { itemId: 'item' } }]),
    });
    const runner = await createRunner({ transport, maxInFlight: 100 });
    const report = await runner.run({ mailboxes: oneTwice(), factory: lesson });
    expect(report.counts).toMatchObject({ rows: 10_000, skipped: 1, done: 9_999 });
  }, 60_000);

  it.each<[string, () => Generator<string> | AsyncGenerator<string>]>([
    ['generator', failing],
    ['async generator', failingAsync],
  ])('may fail midway (%s): the mailboxes before had their turn', async (_kind, list) => {
    const [report, transport] = await run(list());
    expect(report.counts).toMatchObject({ rows: 2, done: 2 });
    expect(report.stopped).toMatchObject({ code: 'mailboxes_failed', cause: { message: 'file is gone' } });
    expect(report.stopped?.message).toContain('after row 2');
    expect(transport.stored('person-2@contoso.com')).toHaveLength(1);
  });

  it('is let go when a run stops before its end', async () => {
    let released = false;
    function* list(): Generator<string> {
      try {
        yield* addresses(10);
      } finally {
        released = true;
      }
    }
    const runner = await createRunner({ transport: fakeTransport(), maxInFlight: 1 });
    await runner.run({ mailboxes: list(), factory: lesson, onPlacement: () => Promise.reject(new Error('enough')) });
    expect(released).toBe(true);
  });
});

function* oneTwice(): Generator<string> {
  yield* addresses(9_999);
  yield 'PERSON-5000@contoso.com';
}

function* failing(): Generator<string> {
  yield* addresses(2);
  throw new Error('file is gone');
}

async function* failingAsync(): AsyncGenerator<string> {
  yield* addresses(2);
  await Promise.reject(new Error('file is gone'));
}

it('a list is not collected while a server puts everybody off', async () => {
  const stop = new AbortController();
  const transport = fakeTransport({ script: () => later });
  const runner = await createRunner({ transport, maxInFlight: 50 });
  let read = 0;
  let begun = 0;
  const allBegun = new Promise<void>((resolve) => {
    runner.on('placementStarted', () => {
      begun += 1;
      if (begun === 10_000) resolve();
    });
  });
  const running = runner.run({
    mailboxes: (function* list() {
      for (const mailbox of addresses(20_000)) {
        read += 1;
        yield mailbox;
      }
    })(),
    factory: lesson,
    signal: stop.signal,
  });
  await allBegun;
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(read).toBeLessThanOrEqual(10_000 + 4 * 50);
  stop.abort();
  expect((await running).counts.deferred).toBeGreaterThanOrEqual(10_000);
});
