import { runMigrations } from 'bullmq';
import { Client } from 'pg';
import { TABLES } from './postgres-schema.js';

/**
 * Makes the tables of BullMQ (schema `bullmq`) and of the shared pacer (`appointed_cluster`), or brings those of an older
 * version to this one. Any number may call it at once. Run it before the first worker and after each update, as an account
 * that may create schemas. Not needed on Redis.
 * @throws what `pg` throws
 */
export async function migrateCluster({ postgres }: { readonly postgres: string }): Promise<void> {
  const client = new Client({ connectionString: postgres });
  await client.connect();
  try {
    await runMigrations(client as never);
    // Two at once would both find nothing.
    await client.query('BEGIN');
    await client.query("SELECT pg_advisory_xact_lock(hashtextextended('appointed_cluster', 0))");
    await client.query(TABLES);
    await client.query('COMMIT');
  } finally {
    await client.end();
  }
}
