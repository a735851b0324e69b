import {
  AppointedError,
  createRunner,
  type Failure,
  type LifecycleEvents,
  placementKey,
  parseAppointment,
  parseMailbox,
  type RunOptions,
  type RunReport,
} from '@appointed/core';
import { type FakeAnswer, type FakeCall, type FakeScript, type FakeTransport, fakeTransport } from '@appointed/testkit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addresses, LESSON, lesson } from './lesson.js';
import { passTime, stopTime } from './passing-time.js';
import { deferred, lost, rejected, unseen } from './scripted-outcomes.js';

const ONE = 'person-1@contoso.com';

const lostOutcome: Failure = { kind: 'unknown', error: new AppointedError('connection_lost', 'cut') };

beforeEach(stopTime);
afterEach(() => {
  vi.useRealTimers();
});

interface Story {
  readonly report: RunReport;
  readonly transport: FakeTransport;
  /** What was asked, with the seconds since the first request. */
  readonly calls: readonly string[];
  readonly found: readonly LifecycleEvents['placementFound'][];
  readonly unknown: readonly LifecycleEvents['placementUnknown'][];
}

/** Runs over one mailbox. */
async function runOne(script: FakeScript, options: Partial<RunOptions> = {}): Promise<Story> {
  const calls: { readonly verb: string; readonly at: number }[] = [];
  const scripted = (call: FakeCall): FakeAnswer | undefined => {
    calls.push({ verb: call.verb, at: Date.now() });
    return typeof script === 'function' ? script(call) : call.verb === 'save' ? script[call.nth - 1] : undefined;
  };
  const transport = fakeTransport({ script: scripted });
  const runner = await createRunner({ transport });
  const found: LifecycleEvents['placementFound'][] = [];
  const unknown: LifecycleEvents['placementUnknown'][] = [];
  runner.on('placementFound', (event) => found.push(event)).on('placementUnknown', (event) => unknown.push(event));
  const report = await passTime(runner.run({ mailboxes: addresses(1), factory: lesson, ...options }));
  const first = calls[0]?.at ?? 0;
  const told = calls.map(({ verb, at }) => `${verb} ${Math.round((at - first) / 1000)}`);
  return { report, transport, calls: told, found, unknown };
}

describe('a placement whose outcome is unknown', () => {
  it('rests for the settle time, is found where it was stored, and is not saved twice', async () => {
    const { report, transport, calls, found, unknown } = await runOne([lost], { settleMs: 30_000 });
    expect(calls).toEqual(['save 0', 'find 30']);
    expect(report.counts).toMatchObject({ done: 1, unknown: 0, duplicates: 0 });
    expect(report.failures).toEqual([]);
    expect(transport.stored(ONE)).toHaveLength(1);
    expect(found).toMatchObject([{ row: 1, mailbox: { id: ONE }, slot: 'default', receipt: { itemId: 'item-1' } }]);
    expect(unknown).toMatchObject([{ retryAt: expect.any(Date) }]);
  });

  it('rests for a minute unless told otherwise', async () => {
    const { calls } = await runOne([lost]);
    expect(calls).toEqual(['save 0', 'find 60']);
  });

  it('is placed again where it is not found', async () => {
    const { report, transport, calls, found } = await runOne([unseen]);
    expect(calls).toEqual(['save 0', 'find 60', 'save 60']);
    expect(report.counts).toMatchObject({ done: 1, unknown: 0 });
    expect(transport.stored(ONE)).toHaveLength(1);
    expect(found).toEqual([]);
  });

  it('is never sent again without a look, however often its answer is lost', async () => {
    const { report, transport, calls } = await runOne([unseen, unseen, lost], { settleMs: 1000 });
    expect(calls).toEqual(['save 0', 'find 1', 'save 1', 'find 2', 'save 2', 'find 3']);
    expect(report.counts.done).toBe(1);
    expect(transport.stored(ONE)).toHaveLength(1);
  });

  it('is looked up again when the look-up fails, and not sent before', async () => {
    const { report, transport, calls } = await runOne(({ verb, nth }) =>
      verb === 'save' ? lost : nth === 1 ? unseen : nth === 2 ? deferred : undefined,
    );
    expect(calls.map((call) => call.split(' ')[0])).toEqual(['save', 'find', 'find', 'find']);
    expect(report.counts).toMatchObject({ done: 1, unknown: 0 });
    expect(transport.stored(ONE)).toHaveLength(1);
  });

  it('waits with the next look-up as long as the server asked', async () => {
    const error = new AppointedError('server_busy', 'not for an hour');
    const pause = { lane: 'another', ms: 3_600_000 };
    const { calls } = await runOne(({ verb, nth }) => {
      if (verb === 'save') return lost;
      return nth === 1 ? { outcome: { kind: 'deferred', error, pause } } : undefined;
    });
    expect(calls).toEqual(['save 0', 'find 60', 'find 3660']);
  });

  it('stays unknown when it can never be looked up', async () => {
    const { report, transport, unknown } = await runOne(({ verb }) => (verb === 'save' ? lost : unseen), {
      maxAttempts: 3,
    });
    expect(report.counts).toMatchObject({ done: 0, unknown: 1, deferred: 0 });
    expect(report.failures).toMatchObject([{ kind: 'unknown', error: { code: 'timed_out' } }]);
    expect(transport.saves).toHaveLength(1);
    expect(unknown.at(-1)).not.toHaveProperty('retryAt');
  });

  it('stays unknown when the mailbox may not be read any more', async () => {
    const { report, transport } = await runOne(({ verb }) => (verb === 'save' ? lost : rejected('ErrorAccessDenied')));
    expect(report.counts).toMatchObject({ done: 0, unknown: 1, rejected: 0 });
    expect(transport.saves).toHaveLength(1);
  });

  it('is deferred, since certainly not saved, when it was sent as often as allowed and is not found', async () => {
    const { report, transport } = await runOne([unseen, unseen], { maxAttempts: 2 });
    expect(report.counts).toMatchObject({ deferred: 1, unknown: 0 });
    expect(report.failures).toMatchObject([{ kind: 'deferred', error: { code: 'timed_out' } }]);
    expect(transport.saves).toHaveLength(2);
  });

  it('stops the run when nobody may be looked up', async () => {
    const { report } = await runOne(({ verb }) => (verb === 'save' ? lost : rejected('ErrorPasswordExpired', 'run')));
    expect(report.stopped).toMatchObject({ server: { code: 'ErrorPasswordExpired' } });
    expect(report.counts).toMatchObject({ unknown: 1 });
  });

  it('is looked up by the primary address where the server names it', async () => {
    const error = new AppointedError('server_rejected', 'not primary');
    const again = { primaryAddress: 'primary-1@contoso.com' };
    const { report, transport } = await runOne(({ mailbox, verb }) => {
      if (mailbox.id === ONE) return { outcome: { kind: 'rejected', scope: 'mailbox', error, again } };
      return verb === 'save' ? lost : undefined;
    });
    expect(report.counts).toMatchObject({ done: 1 });
    expect(transport.stored('primary-1@contoso.com')).toHaveLength(1);
  });

  it('does not hold up the others', async () => {
    const order: string[] = [];
    const transport = fakeTransport({ script: [lost] });
    const runner = await createRunner({ transport, maxInFlight: 1 });
    runner
      .on('placementSaved', ({ row }) => order.push(`saved ${row}`))
      .on('placementFound', ({ row }) => order.push(`found ${row}`));
    await passTime(runner.run({ mailboxes: addresses(3), factory: lesson }));
    expect(order).toEqual(['saved 2', 'saved 3', 'found 1']);
  });

  it('is looked up for those slots alone that are in doubt, in one request', async () => {
    const transport = fakeTransport({
      script: ({ verb, nth }) =>
        verb === 'save' && nth === 1
          ? { stored: true, outcome: (_item, index) => (index === 1 ? undefined : lostOutcome) }
          : {},
    });
    const finds = vi.spyOn(transport, 'find');
    const runner = await createRunner({ transport });
    const factories = { a: lesson, b: lesson, c: lesson };
    const report = await passTime(runner.run({ mailboxes: addresses(1), factories }));
    expect(report.counts.done).toBe(3);
    const keys = ['a', 'c'].map((slot) => placementKey(report.runId, slot, parseMailbox(ONE, 1)));
    expect(finds.mock.calls.map(([, asked]) => asked)).toEqual([keys]);
    expect(transport.stored(ONE)).toHaveLength(3);
  });

  it('that is on the server twice is reported, and counts as done', async () => {
    const transport = fakeTransport();
    const mailbox = parseMailbox(ONE, 1);
    const items = [{ key: placementKey('spring', 'default', mailbox), content: parseAppointment(LESSON) }];
    const call = { signal: new AbortController().signal, sendBy: Date.now() + 1000, timeoutMs: 1000 };
    for (let n = 0; n < 3; n += 1) await passTime(transport.save({ mailbox, sendMode: 'none', items }, call));
    const runner = await createRunner({ transport });
    const duplicates: LifecycleEvents['duplicatesFound'][] = [];
    runner.on('duplicatesFound', (event) => duplicates.push(event));
    const report = await passTime(runner.run({ id: 'spring', mailboxes: addresses(2), factory: lesson }));
    expect(report.counts).toMatchObject({ done: 2, duplicates: 2 });
    const stored = transport.stored(ONE).map(({ itemId }) => itemId);
    expect(duplicates.map(({ receipts }) => receipts.map(({ itemId }) => itemId))).toEqual([stored]);
    expect(transport.stored(ONE)).toHaveLength(3);
  });
});
