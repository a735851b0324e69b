import { setTimeout as sleep } from 'node:timers/promises';
import { postgresUrl } from '@appointed-testing/postgres';
import { fakeTransport } from '@appointed/testkit';
import { Pool } from 'pg';
import { describe, expect, it } from 'vitest';
import { ClusterBench } from './cluster-bench.js';
import { addresses, LESSON } from './lesson.js';

const BEGUN = `UPDATE bullmq.job SET state = 'active', lock_token = 'a worker', locked_until_ms = 9e15 WHERE queue = $1`;
/** What BullMQ or the cluster does to take a job out of the queue. */
const WITHDRAWING = `state = 'active' AND query ~ '^ *(SELECT remove|-- Remove a job|DELETE FROM job)'`;

/** Resolves when the statement has a row to tell of. */
async function until(pool: Pool, sql: string, ...values: readonly string[]): Promise<void> {
  while ((await pool.query(sql, [...values])).rows.length === 0) await sleep(20);
}

describe('a run that is cancelled', { timeout: 60_000 }, () => {
  it('waits for an order that a worker begins just when it would be withdrawn', async () => {
    await using bench = await ClusterBench.start('PostgreSQL', fakeTransport());
    const pool = new Pool({ connectionString: await postgresUrl() });
    const queue = `${bench.name}-work`;
    const runner = await bench.runner();
    const running = runner.run({ id: 'spring', mailboxes: addresses(3), factory: LESSON });
    await until(pool, `SELECT FROM bullmq.job WHERE queue = $1`, queue);
    const worker = await pool.connect();
    await worker.query('BEGIN');
    await worker.query(BEGUN, [queue]);
    await runner.cancel('spring');
    await until(pool, `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND ${WITHDRAWING}`);
    await worker.query('COMMIT');
    worker.release();
    await until(pool, `SELECT WHERE NOT EXISTS (SELECT FROM pg_stat_activity WHERE ${WITHDRAWING})`);
    expect((await pool.query('DELETE FROM bullmq.job WHERE queue = $1', [queue])).rowCount).toBe(1);
    expect((await running).stopped).toMatchObject({ code: 'paused' });
    await pool.end();
  });
});
