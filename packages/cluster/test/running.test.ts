import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  clusterRunner,
  type ClusterRunner,
  type ClusterWorker,
  startWorker,
  type WorkerRecord,
} from '@appointed/cluster';
import type { IAppointmentFactory, RunLedger } from '@appointed/core';
import { sqliteLedger } from '@appointed/ledger-sqlite';
import { type FakeTransport, fakeTransport } from '@appointed/testkit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { NO_REDIS, startRedis, type TestRedis } from './redis.js';

const LESSON: IAppointmentFactory = {
  version: '1',
  getAppointment: () => ({
    subject: 'Lesson',
    start: new Date('2027-01-15T09:00:00Z'),
    end: new Date('2027-01-15T10:00:00Z'),
  }),
};
const ID = 'spring';

function addresses(count: number): readonly string[] {
  return Array.from({ length: count }, (_, n) => `person-${n + 1}@contoso.com`);
}

describe.skipIf(NO_REDIS !== undefined)(`a cluster on Redis${NO_REDIS === undefined ? '' : ` (${NO_REDIS})`}`, () => {
  let redis: TestRedis;
  let folder: string;
  let ledger: RunLedger;
  let name: string;
  let transport: FakeTransport;
  let workers: ClusterWorker[];
  let runners: ClusterRunner[];
  let log: WorkerRecord[];
  let tests = 0;

  beforeAll(async () => {
    redis = await startRedis();
    folder = await mkdtemp(join(tmpdir(), 'appointed-cluster-'));
  });
  afterAll(async () => {
    await redis?.[Symbol.asyncDispose]();
    if (folder !== undefined) await rm(folder, { recursive: true });
  });
  beforeEach(() => {
    tests += 1;
    name = `test-${tests}`;
    ledger = sqliteLedger({ path: join(folder, `${name}.sqlite`) });
    transport = fakeTransport();
    [workers, runners, log] = [[], [], []];
  });
  afterEach(async () => {
    for (const one of [...workers, ...runners]) await one.close();
    await ledger.close();
  });

  async function worker(factory: IAppointmentFactory = LESSON): Promise<ClusterWorker> {
    const one = await startWorker({
      ...common(),
      factories: { default: factory },
      log: (record) => log.push(record),
      health: { port: 0 },
    });
    workers.push(one);
    return one;
  }

  async function runner(): Promise<ClusterRunner> {
    const one = await clusterRunner(common());
    runners.push(one);
    return one;
  }

  function common() {
    return { connection: { redis: redis.address }, name, ledger, transport, maxInFlightOverall: 27 } as const;
  }

  function itemsIn(count: number): readonly number[] {
    return addresses(count).map((address) => transport.stored(address).length);
  }

  it('places one appointment in each calendar, and tells the runner of it', async () => {
    await Promise.all([worker(), worker()]);
    const cluster = await runner();
    let saved = 0;
    cluster.on('placementSaved', ({ subject }) => (saved += subject === 'Lesson' ? 1 : 0));
    const report = await cluster.run({ id: ID, mailboxes: addresses(500), factory: LESSON });
    expect(report).toMatchObject({ counts: { rows: 500, done: 500 } });
    expect(report.stopped).toBeUndefined();
    expect(itemsIn(500)).toEqual(Array(500).fill(1));
    expect(saved).toBe(500);
    expect(await cluster.progress(ID)).toMatchObject({ done: 500 });
  });
});
