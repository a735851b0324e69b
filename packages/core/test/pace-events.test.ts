import { type AppointedPlugin, adaptivePacer, createRunner, PACER, type PaceChange, provide } from '@appointed/core';
import { fakeTransport } from '@appointed/testkit';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { addresses, lesson } from './lesson.js';
import { passTime, stopTime } from './passing-time.js';
import { deferred, lost } from './scripted-outcomes.js';

const lanes = (): [{ id: string; shared: true }] => [{ id: 'identity', shared: true }];

afterEach(() => {
  vi.useRealTimers();
});

describe('paceChanged', () => {
  it('says how many requests may be in flight on a lane, and why', async () => {
    stopTime();
    const runner = await createRunner({ transport: fakeTransport({ lanes }) });
    const told: string[] = [];
    // #region listen
    runner.on('paceChanged', ({ lane, limit, reason, quietMs }) => {
      told.push(quietMs === undefined ? `${lane}: ${limit} (${reason})` : `${lane}: quiet for ${quietMs} ms`);
    });
    // #endregion listen
    await passTime(runner.run({ mailboxes: addresses(50), factory: lesson }));
    expect(told.slice(0, 3)).toEqual(['identity: 4 (grew)', 'identity: 8 (grew)', 'identity: 10 (grew)']);
  });

  it.each([
    ['busy', 'the server was busy', deferred],
    ['failed', 'answers were lost', lost],
  ])('says %s when %s', async (reason, _, outcome) => {
    stopTime();
    const script = [outcome, outcome, outcome];
    const runner = await createRunner({ transport: fakeTransport({ lanes, script }) });
    const told: PaceChange[] = [];
    runner.on('paceChanged', (change) => told.push(change));
    const { counts } = await passTime(runner.run({ mailboxes: addresses(5), factory: lesson }));
    expect(counts.done).toBe(5);
    expect(told[0]).toEqual({ lane: 'identity', limit: 1, reason });
  });

  it('is not asked of the pacer when nobody listens, and no more once the runner is closed', async () => {
    const pacer = adaptivePacer();
    const ended = vi.fn<() => void>();
    const listen = vi.spyOn(pacer, 'listen').mockReturnValue(ended);
    const pacing: AppointedPlugin = { name: 'pacing', register: (container) => provide(container, PACER, () => pacer) };
    const runner = await createRunner({ transport: fakeTransport({ lanes }), plugins: [pacing] });
    runner.on('runEnded', () => undefined);
    await runner.run({ mailboxes: addresses(5), factory: lesson });
    expect(listen).not.toHaveBeenCalled();
    runner.on('paceChanged', () => undefined).once('paceChanged', () => undefined);
    expect(listen).toHaveBeenCalledTimes(1);
    await runner.close();
    expect(ended).toHaveBeenCalledTimes(1);
  });
});

describe('a pacer that a plugin provides', () => {
  it('is shared by the runners that are given it', async () => {
    // #region share
    const pacer = adaptivePacer({ maxInFlight: 3 });
    const pacing: AppointedPlugin = { name: 'pacing', register: (container) => provide(container, PACER, () => pacer) };
    // #endregion share
    const transport = fakeTransport({ lanes });
    const runners = await Promise.all([1, 2].map(() => createRunner({ transport, plugins: [pacing] })));
    await Promise.all(runners.map((runner) => runner.run({ mailboxes: addresses(30), factory: lesson })));
    expect(transport.mostInFlight).toBeLessThanOrEqual(3);
    expect(transport.saves).toHaveLength(60);
  });
});
