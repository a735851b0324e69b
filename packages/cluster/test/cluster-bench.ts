import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { postgresUrl } from '@appointed-testing/postgres';
import {
  type ClusterConnection,
  clusterRunner,
  type ClusterRunner,
  type ClusterRunnerOptions,
  type ClusterWorker,
  type ClusterWorkerOptions,
  migrateCluster,
  startWorker,
  type WorkerRecord,
} from '@appointed/cluster';
import type { AppointmentTransport, RunLedger } from '@appointed/core';
import { migrate, postgresLedger } from '@appointed/ledger-postgres';
import { sqliteLedger } from '@appointed/ledger-sqlite';
import { LESSON } from './lesson.js';
import { startRedis, type TestRedis } from '@appointed-testing/redis';

/** Where a cluster of a test lives. */
export type Kind = 'Redis' | 'PostgreSQL';

/** A cluster for one test: what is started with it is closed with it. */
export class ClusterBench {
  readonly connection: ClusterConnection;
  readonly name: string;
  readonly ledger: RunLedger;
  /** What the workers told of themselves. */
  readonly log: WorkerRecord[] = [];
  readonly redis: TestRedis | undefined;
  readonly #transport: AppointmentTransport;
  readonly #open: (ClusterWorker | ClusterRunner)[] = [];
  readonly #folder: string | undefined;

  private constructor(
    transport: AppointmentTransport,
    connection: ClusterConnection,
    ledger: RunLedger,
    redis: TestRedis | undefined,
    folder: string | undefined,
  ) {
    this.name = `test-${randomUUID()}`;
    this.#transport = keptOpen(transport);
    this.connection = connection;
    this.ledger = ledger;
    this.redis = redis;
    this.#folder = folder;
  }

  static async start(kind: Kind, transport: AppointmentTransport): Promise<ClusterBench> {
    if (kind === 'PostgreSQL') {
      const address = await postgresUrl();
      const schema = `cluster-${randomUUID()}`;
      await Promise.all([migrateCluster({ postgres: address }), migrate({ connectionString: address, schema })]);
      const ledger = postgresLedger({ connectionString: address, schema });
      return new ClusterBench(transport, { postgres: address }, ledger, undefined, undefined);
    }
    const redis = await startRedis();
    const folder = await mkdtemp(join(tmpdir(), 'appointed-cluster-'));
    const ledger = sqliteLedger({ path: join(folder, 'ledger.sqlite') });
    return new ClusterBench(transport, { redis: redis.address }, ledger, redis, folder);
  }

  async worker(options: Partial<ClusterWorkerOptions> = {}): Promise<ClusterWorker> {
    const log = (record: WorkerRecord): unknown => this.log.push(record);
    const worker = await startWorker({ ...this.#common(), factories: { default: LESSON }, log, ...options });
    this.#open.push(worker);
    return worker;
  }

  async runner(options: Partial<ClusterRunnerOptions> = {}): Promise<ClusterRunner> {
    const runner = await clusterRunner({ ...this.#common(), ...options });
    this.#open.push(runner);
    return runner;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const one of this.#open.toReversed()) await one.close();
    await this.ledger.close();
    await this.redis?.[Symbol.asyncDispose]();
    if (this.#folder !== undefined) await rm(this.#folder, { recursive: true });
  }

  #common() {
    const { connection, ledger, name } = this;
    return { connection, ledger, name, transport: this.#transport } as const;
  }
}

/** All workers of a test have the same one: who ends must not close it. */
function keptOpen(transport: AppointmentTransport): AppointmentTransport {
  return new Proxy(transport, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name, target);
      if (name === 'close') return undefined;
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
