import {
  AppointedError,
  createRunner,
  type IAppointmentFactory,
  type LifecycleEvents,
  memoryLedger,
  type PlacementRecord,
  type RunLedger,
  type RunOptions,
  type RunReport,
} from '@appointed/core';
import { type FakeAnswer, type FakeScript, type FakeTransport, fakeTransport } from '@appointed/testkit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addresses, lesson } from './lesson.js';
import { overriding } from './overriding.js';
import { passTime, stopTime } from './passing-time.js';
import { rowsOf } from './rows-of.js';
import { deferred } from './scripted-outcomes.js';

const ONE = 'person-1@contoso.com';

beforeEach(stopTime);
afterEach(() => {
  vi.useRealTimers();
});

interface Story {
  readonly report: RunReport;
  readonly fake: FakeTransport;
  readonly told: readonly LifecycleEvents['placementDeferred'][];
  readonly endings: readonly PlacementRecord['outcome'][];
  readonly sentAt: readonly number[];
}

/** Runs over one mailbox; when each request was sent, in milliseconds since the first. */
async function runOne(script: FakeScript, options: Partial<RunOptions> = {}, ledger?: RunLedger): Promise<Story> {
  const sentAt: number[] = [];
  const fake = fakeTransport({ script });
  const transport = overriding(fake, {
    save: (request, call) => (sentAt.push(Date.now()), fake.save(request, call)),
  });
  const runner = await createRunner({ transport, ...(ledger === undefined ? {} : { ledger }) });
  const told: LifecycleEvents['placementDeferred'][] = [];
  const endings: PlacementRecord['outcome'][] = [];
  runner.on('placementDeferred', (event) => told.push(event));
  const report = await passTime(
    runner.run({
      mailboxes: addresses(1),
      factory: lesson,
      onPlacement: ({ outcome }) => void endings.push(outcome),
      ...options,
    }),
  );
  return { report, fake, told, endings, sentAt: sentAt.map((at) => at - (sentAt[0] ?? 0)) };
}

function busyFor(ms: number): FakeScript {
  const error = new AppointedError('server_busy', 'not now');
  return [{ outcome: { kind: 'deferred', error, pause: { lane: 'another', ms } } }];
}

describe('a placement that was deferred', () => {
  it('is tried again, and only its end is counted and told to the caller', async () => {
    const { report, fake, told, endings } = await runOne([deferred, deferred]);
    expect(report.counts).toMatchObject({ done: 1, deferred: 0 });
    expect(report.failures).toEqual([]);
    expect(fake.saves).toHaveLength(3);
    expect(fake.stored(ONE)).toHaveLength(1);
    expect(told).toHaveLength(2);
    expect(endings).toMatchObject([{ kind: 'done' }]);
  });

  it('says when it is tried again, and is not tried before', async () => {
    const { told, sentAt } = await runOne([deferred]);
    const retryAt = told[0]?.retryAt?.getTime() ?? 0;
    expect(sentAt).toHaveLength(2);
    expect(sentAt[1]).toBeGreaterThanOrEqual(500);
    expect(Date.now()).toBeGreaterThanOrEqual(retryAt);
  });

  it('waits about twice as long each time', async () => {
    const { sentAt } = await runOne(() => deferred);
    const waits = sentAt.slice(1).map((at, index) => at - (sentAt[index] ?? 0));
    expect(waits).toHaveLength(4);
    for (const [index, wait] of waits.entries()) {
      expect(wait).toBeGreaterThanOrEqual(500 * 2 ** index);
      expect(wait).toBeLessThanOrEqual(1000 * 2 ** index + 1);
    }
  });

  it('waits as long as the server asked, where that is longer', async () => {
    const { sentAt } = await runOne(busyFor(3_600_000));
    expect(sentAt[1]).toBeGreaterThanOrEqual(3_600_000);
  });

  it('waits no less than the backoff, where the server asked for less', async () => {
    const { sentAt } = await runOne(busyFor(1));
    expect(sentAt[1]).toBeGreaterThanOrEqual(500);
  });

  it.each([1, 2, 5])('stays deferred after %i attempts, if no more are allowed', async (maxAttempts) => {
    const ledger = memoryLedger();
    const { report, fake, told, endings } = await runOne(
      () => deferred,
      { maxAttempts, id: 'spring', lookup: 'never' },
      ledger,
    );
    expect(fake.saves).toHaveLength(maxAttempts);
    expect(report.counts).toMatchObject({ done: 0, deferred: 1 });
    expect(report.failures).toMatchObject([{ kind: 'deferred', error: { code: 'server_busy' } }]);
    expect(report).not.toHaveProperty('stopped');
    expect(endings).toMatchObject([{ kind: 'deferred' }]);
    expect(told.map(({ retryAt }) => retryAt !== undefined)).toEqual([...Array(maxAttempts - 1).fill(true), false]);
    const [row] = await rowsOf(ledger, 'spring');
    expect(row).toMatchObject({ state: 'deferred', attempts: maxAttempts, error: { code: 'server_busy' } });
    expect(row).not.toHaveProperty('dueAt');
  });

  it('holds nobody else up', async () => {
    const order: number[] = [];
    const runner = await createRunner({
      transport: fakeTransport({ script: ({ mailbox, nth }) => (mailbox.id === ONE && nth < 4 ? deferred : {}) }),
      maxInFlight: 1,
    });
    runner.on('placementSaved', ({ row }) => order.push(row));
    await passTime(runner.run({ mailboxes: addresses(4), factory: lesson }));
    expect(order).toEqual([2, 3, 4, 1]);
  });

  it('asks its factory again', async () => {
    let asked = 0;
    const factory: IAppointmentFactory = {
      getAppointment: (context) => ((asked += 1), lesson.getAppointment(context)),
    };
    await runOne([deferred], { factory });
    expect(asked).toBe(2);
  });
});

describe('requests for a lane that must be quiet for an hour', () => {
  it('are sent when the hour is over, each once, though their claims are long over', async () => {
    const error = new AppointedError('server_busy', 'not for an hour');
    const pause = { lane: 'identity', ms: 3_600_000 };
    const transport = fakeTransport({
      lanes: () => [{ id: 'identity' }],
      script: ({ mailbox, nth, verb }) =>
        verb === 'save' && mailbox.id === ONE && nth === 1
          ? { outcome: { kind: 'deferred', error, pause } }
          : undefined,
    });
    const runner = await createRunner({ transport, maxInFlight: 3 });
    const began = Date.now();
    const { counts } = await passTime(runner.run({ mailboxes: addresses(20), factory: lesson }));
    expect(counts).toMatchObject({ done: 20, deferred: 0, unknown: 0, duplicates: 0 });
    expect([...addresses(20)].map((address) => transport.stored(address).length)).toEqual(Array(20).fill(1));
    expect(Date.now() - began).toBeGreaterThanOrEqual(3_600_000);
  });
});

describe('a rejection that deserves one more try', () => {
  const error = new AppointedError('server_rejected', 'is being moved', {
    server: { code: 'ErrorMailboxMoveInProgress' },
  });
  const moving: FakeAnswer = { outcome: { kind: 'rejected', scope: 'mailbox', error, again: { afterMs: 5000 } } };

  it('after some time gets it then, and is told as deferred until then', async () => {
    const { report, told, endings, sentAt } = await runOne([moving]);
    expect(report.counts).toMatchObject({ done: 1, rejected: 0 });
    expect(sentAt).toEqual([0, 5000]);
    expect(told).toMatchObject([{ error, retryAt: expect.any(Date) }]);
    expect(endings).toMatchObject([{ kind: 'done' }]);
  });

  it('gets one and no more', async () => {
    const { report, sentAt, endings } = await runOne(() => moving);
    expect(report.counts).toMatchObject({ done: 0, rejected: 1 });
    expect(sentAt).toEqual([0, 5000]);
    expect(endings).toMatchObject([{ kind: 'rejected' }]);
  });

  it('says nothing of everybody until it is settled', async () => {
    const { report } = await runOne(({ nth }) => (nth === 1 ? moving : undefined), { mailboxes: addresses(30) });
    expect(report.counts).toMatchObject({ done: 30, rejected: 0 });
  });

  it('by the primary address gets it at once, by that address', async () => {
    const primaryAddress = 'primary-1@contoso.com';
    const script: FakeScript = ({ mailbox }) =>
      mailbox.id === ONE ? { outcome: { kind: 'rejected', scope: 'mailbox', error, again: { primaryAddress } } } : {};
    const { report, fake, sentAt, endings } = await runOne(script);
    expect(report.counts).toMatchObject({ done: 1, rejected: 0 });
    expect(sentAt).toEqual([0, 0]);
    expect(fake.saves.map(({ mailbox: { kind, id } }) => `${kind}:${id}`)).toEqual([
      `smtp:${ONE}`,
      `smtp:${primaryAddress}`,
    ]);
    expect(fake.saves[1]?.items).toEqual(fake.saves[0]?.items);
    expect(fake.stored(primaryAddress)).toHaveLength(1);
    expect(endings).toHaveLength(1);
  });

  it('by an address that is no better is rejected', async () => {
    const again = { primaryAddress: 'other@contoso.com' };
    const { report, fake } = await runOne(() => ({ outcome: { kind: 'rejected', scope: 'mailbox', error, again } }));
    expect(report.counts).toMatchObject({ done: 0, rejected: 1 });
    expect(fake.saves).toHaveLength(2);
  });
});
