import { createPostgresBackend, withBackend } from 'bullmq';
import { Pool } from 'pg';
import { PostgresPermits } from '../pacer/postgres-permits.js';
import type { Backbone, Work } from './backbone.js';
import type { ClusterOptions } from './connection.js';
import { PostgresMessages } from './postgres-messages.js';
import { QUEUE, QUEUEING, WORKING } from './queue-settings.js';
import { quietly } from './quietly.js';

const { Queue, QueueEvents, Worker } = withBackend(createPostgresBackend);

/** BullMQ's tables are in a schema of this name: it takes no other with a pool. */
const BULLMQ = 'bullmq';

/** What the machines of a cluster have in common in PostgreSQL. */
export async function postgresBackbone(
  address: string,
  { name = 'appointed', telemetry }: ClusterOptions,
): Promise<Backbone> {
  const pool = quietly(
    new Pool({ connectionString: address, options: `-c search_path=${BULLMQ}`, keepAlive: true, max: 20 }),
  );
  const messages = new PostgresMessages(pool, address, name);
  await messages.connect();
  const common = { connection: pool as never, ...(telemetry && { telemetry: telemetry as never }) };
  const queueName = `${name}-${QUEUE}`;
  const queue = quietly(new Queue(queueName, { ...common, ...QUEUEING }));
  const events = quietly(new QueueEvents(queueName, common));
  await Promise.all([queue.waitUntilReady(), events.waitUntilReady()]);
  return {
    queue,
    withdraw: (jobId: string) => withdraw(pool, queueName, jobId),
    events: events as unknown as Backbone['events'],
    messages,
    permits: new PostgresPermits(pool, name),
    worker: (work: Work, atOnce: number) =>
      quietly(
        new Worker(queueName, (job) => work(job.data, (text) => job.updateProgress({ events: text })), {
          ...common,
          ...WORKING,
          concurrency: atOnce,
        }),
      ),
    isReachable: () => pool.query('SELECT 1').then(yes, no),
    close: async () => {
      await Promise.all([queue.close(), events.close()]);
      await messages.close();
      await pool.end();
    },
  };
}

/** BullMQ's own `remove` looks first, and deletes then: in between a worker may have begun, and nobody would wait for it. */
async function withdraw(pool: Pool, queueName: string, jobId: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    `DELETE FROM job WHERE queue = $1 AND id = $2
     AND (lock_token IS NULL OR locked_until_ms <= 1000 * extract(epoch FROM clock_timestamp()))`,
    [queueName, jobId],
  );
  return rowCount === 1;
}

function yes(): boolean {
  return true;
}

function no(): boolean {
  return false;
}
