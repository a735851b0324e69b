import {
  AppointedError,
  createRunner,
  type Failure,
  memoryLedger,
  type RunLedger,
  type RunReport,
} from '@appointed/core';
import { type FakeAnswer, type FakeTransport, fakeTransport } from '@appointed/testkit';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addresses, lesson } from './lesson.js';
import { passTime, stopTime } from './passing-time.js';
import { rowsOf } from './rows-of.js';

beforeEach(stopTime);
afterEach(() => {
  vi.useRealTimers();
});

const unknown: Failure = { kind: 'unknown', error: new AppointedError('connection_lost', 'cut') };
const busy = (ms: number): Failure => {
  const error = new AppointedError('server_busy', 'not now');
  return { kind: 'deferred', error, pause: { lane: 'identity', ms } };
};
const no: Failure = { kind: 'rejected', scope: 'placement', error: new AppointedError('server_rejected', 'no') };
const noOneMoreTime: Failure = { ...no, again: { afterMs: 100 } };

/** What may happen to a request; `stored` counts for a save that is cut off, too. */
const SAVES: Readonly<Record<string, FakeAnswer>> = {
  done: {},
  'done, even if cut off': { stored: true },
  'answer lost': { stored: true, outcome: unknown },
  'request lost': { outcome: unknown },
  'no answer': { stored: true, after: 'never' },
  'never arrived': { after: 'never' },
  busy: { outcome: busy(0) },
  'busy for long': { outcome: busy(300_000) },
  rejected: { outcome: no },
  'rejected for now': { outcome: noOneMoreTime },
  'only the first': { outcome: (_item, index) => (index === 0 ? undefined : unknown) },
};
const FINDS: Readonly<Record<string, FakeAnswer>> = {
  done: {},
  'request lost': { outcome: unknown },
  'no answer': { after: 'never' },
  busy: { outcome: busy(50) },
  rejected: { outcome: { ...no, scope: 'mailbox' } },
};

interface Story {
  readonly mailboxes: number;
  readonly slots: readonly string[];
  readonly saves: readonly string[];
  readonly finds: readonly string[];
  /** The run is aborted when so many requests were made, in all its calls together. */
  readonly aborts: readonly number[];
  readonly settleMs: number;
  readonly maxAttempts: number;
  readonly maxInFlight: number;
}

const story: fc.Arbitrary<Story> = fc.record({
  mailboxes: fc.integer({ min: 1, max: 6 }),
  slots: fc.constantFrom(['a'], ['a', 'b']),
  saves: fc.array(fc.constantFrom(...Object.keys(SAVES)), { maxLength: 25 }),
  finds: fc.array(fc.constantFrom(...Object.keys(FINDS)), { maxLength: 12 }),
  aborts: fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 4 }),
  settleMs: fc.constantFrom(0, 1000, 60_000),
  maxAttempts: fc.integer({ min: 1, max: 4 }),
  maxInFlight: fc.integer({ min: 1, max: 4 }),
});

/** A server with a fate, that tells of each request. */
function fated({ saves, finds }: Story, onRequest: () => void): FakeTransport {
  const [save, find] = [saves.values(), finds.values()];
  return fakeTransport({
    lanes: () => [{ id: 'identity' }],
    script: ({ verb }) => {
      onRequest();
      return verb === 'save' ? SAVES[save.next().value ?? 'done'] : FINDS[find.next().value ?? 'done'];
    },
  });
}

/** Calls a run again and again until it has ended and all is settled. */
async function toTheEnd(
  told: Story,
  renew: (ledger: RunLedger) => RunLedger,
): Promise<[RunReport, FakeTransport, RunLedger]> {
  let requests = 0;
  let abort = new AbortController();
  const aborts = new Set(told.aborts);
  const transport = fated(told, () => {
    requests += 1;
    if (aborts.has(requests)) abort.abort();
  });
  let ledger = memoryLedger();
  const factories = Object.fromEntries(told.slots.map((slot) => [slot, lesson]));
  for (let call = 1; call <= 60; call += 1) {
    abort = new AbortController();
    const { settleMs, maxAttempts, maxInFlight } = told;
    const runner = await createRunner({ transport, ledger, maxInFlight });
    const options = { id: 'spring', factories, settleMs, maxAttempts, stopAfterRejections: Number.POSITIVE_INFINITY };
    const mailboxes = addresses(told.mailboxes);
    const report = await passTime(runner.run({ ...options, mailboxes, signal: abort.signal }));
    const { deferred, unknown: doubtful } = report.counts;
    if (report.stopped === undefined && deferred + doubtful === 0) return [report, transport, ledger];
    ledger = renew(ledger);
  }
  throw new Error('the run never came to its end');
}

async function check(told: Story, [report, transport, ledger]: [RunReport, FakeTransport, RunLedger]): Promise<void> {
  const rows = await rowsOf(ledger, 'spring');
  const expected = told.mailboxes * told.slots.length;
  const { done, rejected, already, duplicates } = report.counts;
  expect([rows.length, done + rejected + already, duplicates]).toEqual([expected, expected, 0]);
  for (const { key, mailbox, state, receipt } of rows) {
    const items = transport.stored(mailbox.id).filter((item) => item.key === key);
    expect(items.map(({ itemId }) => itemId)).toEqual(state === 'done' ? [receipt?.itemId] : []);
    expect(['done', 'rejected']).toContain(state);
  }
  const stored = [...addresses(told.mailboxes)].flatMap((address) => transport.stored(address));
  expect(stored).toHaveLength(rows.filter(({ state }) => state === 'done').length);
}

describe('a run that meets every kind of trouble and is aborted at random', () => {
  it('gives each placement one item, or a rejection, and its ledger agrees', async () => {
    const property = fc.asyncProperty(story, async (told) => {
      await check(told, await toTheEnd(told, (ledger) => ledger));
      expect(vi.getTimerCount()).toBe(0);
    });
    await fc.assert(property, { numRuns: 100 });
  });

  it('books nobody twice even if the ledger is lost each time, once what was given up has settled', async () => {
    const property = fc.asyncProperty(story, async (told) => {
      const [, transport] = await toTheEnd(told, () => memoryLedger());
      for (const address of addresses(told.mailboxes)) {
        const keys = transport.stored(address).map(({ key }) => key);
        expect(new Set(keys).size).toBe(keys.length);
      }
      expect(vi.getTimerCount()).toBe(0);
    });
    await fc.assert(property, { numRuns: 100 });
  });
});
