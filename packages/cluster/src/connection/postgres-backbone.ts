import { AppointedError } from '@appointed/core';
import { createPostgresBackend, SchemaMigrationRequiredError, withBackend } from 'bullmq';
import { Pool } from 'pg';
import { PostgresPermits } from '../pacer/postgres-permits.js';
import type { Backbone, Work } from './backbone.js';
import type { ClusterOptions } from './connection.js';
import { PostgresMessages } from './postgres-messages.js';
import { SCHEMA } from './postgres-schema.js';
import { QUEUE, QUEUEING, WORKING } from './queue-settings.js';
import { quietly } from './quietly.js';

const { Queue, QueueEvents, Worker } = withBackend(createPostgresBackend);

/** BullMQ's tables are in a schema of this name: it takes no other with a pool. */
const BULLMQ = 'bullmq';

/** As PostgreSQL names what is not there: a table, a schema. */
const MISSING = new Set(['42P01', '3F000']);

/**
 * What the machines of a cluster have in common in PostgreSQL.
 * @throws AppointedError `invalid_options` where the tables were not made, `connection_failed`
 */
export async function postgresBackbone(
  address: string,
  { name = 'appointed', telemetry }: ClusterOptions,
): Promise<Backbone> {
  const pool = quietly(
    new Pool({ connectionString: address, options: `-c search_path=${BULLMQ}`, keepAlive: true, max: 20 }),
  );
  const messages = new PostgresMessages(pool, address, name);
  const common = { connection: pool as never, ...(telemetry && { telemetry: telemetry as never }) };
  const queueName = `${name}-${QUEUE}`;
  const queue = quietly(new Queue(queueName, { ...common, ...QUEUEING }));
  const events = quietly(new QueueEvents(queueName, common));
  const close = async (): Promise<void> => {
    await Promise.allSettled([queue.close(), events.close()]);
    await messages.close();
    await pool.end();
  };
  try {
    await messages.connect();
    await pool.query(`SELECT FROM ${SCHEMA}.quiet LIMIT 0`);
    await Promise.all([queue.waitUntilReady(), events.waitUntilReady()]);
  } catch (cause) {
    await close();
    throw refused(cause);
  }
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
    close,
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

function refused(cause: unknown): AppointedError {
  const isMissing = cause instanceof SchemaMigrationRequiredError || MISSING.has(String(Object(cause).code));
  if (isMissing) {
    return new AppointedError('invalid_options', 'connection names a PostgreSQL without the tables of a cluster', {
      field: 'connection',
      hint: 'Call migrateCluster once, as an account that may create schemas, and again after each update.',
      cause,
    });
  }
  const why = cause instanceof Error ? cause.message : String(cause);
  return new AppointedError('connection_failed', `the PostgreSQL of the cluster could not be used: ${why}`, {
    field: 'connection',
    hint: 'See whether it runs, and whether the address, user and password are right.',
    cause,
  });
}
