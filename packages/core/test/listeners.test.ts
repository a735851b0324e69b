import { createRunner, type EventName, type ImpersonationRunner, type LifecycleEvents } from '@appointed/core';
import { fakeTransport } from '@appointed/testkit';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { addresses, lesson, lessonWith } from './lesson.js';
import { passTime, stopTime } from './passing-time.js';
import { deferred, lost, rejected } from './scripted-outcomes.js';

afterEach(() => {
  vi.useRealTimers();
});

const EVERY: Record<EventName, true> = {
  runStarted: true,
  rowSkipped: true,
  placementStarted: true,
  placementSaved: true,
  placementFound: true,
  placementUpdated: true,
  placementRemoved: true,
  placementSkipped: true,
  differenceFound: true,
  duplicatesFound: true,
  findingMade: true,
  placementRejected: true,
  placementDeferred: true,
  placementUnknown: true,
  paceChanged: true,
  runEnded: true,
  listenerFailed: true,
};

function isSkipped(event: string): boolean {
  return event.startsWith('rowSkipped');
}

function record(runner: ImpersonationRunner): string[] {
  const told: string[] = [];
  for (const event of Object.keys(EVERY) as EventName[]) {
    runner.on(event, (payload: object) => told.push('row' in payload ? `${event} ${payload.row}` : event));
  }
  return told;
}

describe('the events of a run', () => {
  it('are told in the order of what happens', async () => {
    stopTime();
    const script = [rejected('ErrorQuotaExceeded'), deferred, lost];
    const runner = await createRunner({ transport: fakeTransport({ script }), maxInFlight: 1 });
    const told = record(runner);
    const [one, two, three, four] = addresses(4);
    await passTime(runner.run({ mailboxes: [one!, 'nobody', two!, three!, four!, one!], factory: lesson }));
    expect(told.filter((event) => !isSkipped(event))).toEqual([
      'runStarted',
      'placementStarted 1',
      'placementRejected 1',
      'placementStarted 3',
      'placementDeferred 3',
      'placementStarted 4',
      'placementUnknown 4',
      'placementStarted 5',
      'placementSaved 5',
      'placementStarted 3',
      'placementSaved 3',
      'placementFound 4',
      'runEnded',
    ]);
    expect(told.filter(isSkipped)).toEqual(['rowSkipped 2', 'rowSkipped 6']);
  });

  it('say what was saved, where and how', async () => {
    const runner = await createRunner({ transport: fakeTransport() });
    const saved: LifecycleEvents['placementSaved'][] = [];
    runner.on('placementSaved', (event) => saved.push(event));
    await runner.run({
      id: 'spring',
      mailboxes: addresses(1),
      factory: lessonWith({ resources: ['room@contoso.com'] }),
    });
    expect(saved).toMatchObject([
      {
        runId: 'spring',
        row: 1,
        slot: 'default',
        mailbox: { id: 'person-1@contoso.com' },
        key: expect.stringMatching(/^[0-9a-f]{32}$/),
        subject: 'Lesson',
        sendMode: 'allAndSaveCopy',
        receipt: { itemId: 'item-1' },
      },
    ]);
  });

  it('begin with the slots of the run and end with its report', async () => {
    const runner = await createRunner({ transport: fakeTransport() });
    let started: LifecycleEvents['runStarted'] | undefined;
    let ended: LifecycleEvents['runEnded'] | undefined;
    runner.on('runStarted', (event) => (started = event)).on('runEnded', (event) => (ended = event));
    const report = await runner.run({ mailboxes: [], factories: { b: lesson, a: lesson } });
    expect(started).toEqual({
      runId: report.runId,
      verb: 'run',
      startedAt: report.startedAt,
      slots: ['b', 'a'],
      isContinued: false,
      isDryRun: false,
    });
    expect(ended).toEqual(report);
  });
});

describe('a listener', () => {
  it.each<[string, () => unknown]>([
    [
      'throws',
      () => {
        throw new Error('bad listener');
      },
    ],
    ['rejects', () => Promise.reject(new Error('bad listener'))],
  ])('that %s is reported, and neither other listeners nor the run are disturbed', async (_how, bad) => {
    const transport = fakeTransport();
    const runner = await createRunner({ transport });
    const failed: LifecycleEvents['listenerFailed'][] = [];
    let told = 0;
    runner
      .on('placementSaved', bad)
      .on('placementSaved', () => (told += 1))
      .on('listenerFailed', (event) => failed.push(event));
    const { counts } = await runner.run({ mailboxes: addresses(3), factory: lesson });
    expect([counts.done, told]).toEqual([3, 3]);
    const failure = { event: 'placementSaved', error: new Error('bad listener') };
    expect(failed).toEqual([failure, failure, failure]);
  });

  it('that throws when it is told of a failed listener is not told for ever', async () => {
    const runner = await createRunner({ transport: fakeTransport() });
    let told = 0;
    const bad = (): never => {
      told += 1;
      throw new Error('bad listener');
    };
    runner.on('runStarted', bad).on('listenerFailed', bad);
    await runner.run({ mailboxes: [], factory: lesson });
    expect(told).toBe(2);
  });

  it('can be taken off, and can be told once', async () => {
    const runner = await createRunner({ transport: fakeTransport() });
    const told: string[] = [];
    const off = (): number => told.push('off');
    runner
      .on('placementSaved', off)
      .once('placementSaved', () => told.push('once'))
      .off('placementSaved', off);
    await runner.run({ mailboxes: addresses(3), factory: lesson });
    expect(told).toEqual(['once']);
  });

  it('that was put on twice is taken off altogether', async () => {
    const runner = await createRunner({ transport: fakeTransport() });
    let told = 0;
    const listener = (): number => (told += 1);
    runner.on('runStarted', listener).on('runStarted', listener);
    await runner.run({ mailboxes: [], factory: lesson });
    expect(told).toBe(2);
    runner.off('runStarted', listener);
    await runner.run({ mailboxes: [], factory: lesson });
    expect(told).toBe(2);
  });

  it('cannot change whose calendar is written', async () => {
    const transport = fakeTransport();
    const runner = await createRunner({ transport });
    const failed: unknown[] = [];
    runner
      .on('placementStarted', (placement) =>
        Object.assign(placement, { key: 'another', mailbox: { id: 'eve@contoso.com' } }),
      )
      .on('listenerFailed', (event) => failed.push(event));
    await runner.run({ mailboxes: addresses(1), factory: lesson });
    expect(transport.saves).toMatchObject([{ mailbox: { id: 'person-1@contoso.com' } }]);
    expect(transport.stored('person-1@contoso.com')[0]?.key).not.toBe('another');
    expect(failed).toHaveLength(1);
  });
});
