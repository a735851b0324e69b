import { type Ask, LedgerDatabase } from './ledger-database.js';
import type { PostgresOptions } from './open-pool.js';
import { MIGRATIONS, TABLES_FORMAT } from './schema.js';
import { readFormat, refuseNewer } from './tables-format.js';

/**
 * Makes the tables of a ledger, with their schema where there is none, or brings those of an older version to the format
 * of this one. Where all is as it should be, it changes nothing; any number may call it at once. Run it before the first
 * run and after each update, as an account that may create tables (and, at first, the schema).
 * @throws AppointedError `invalid_options`, `ledger_failed`, `ledger_too_new`
 */
export async function migrate(options: PostgresOptions): Promise<void> {
  const database = new LedgerDatabase(options);
  try {
    await database.transaction((ask) => migrateSchema(ask, database));
  } finally {
    await database.close();
  }
}

async function migrateSchema(ask: Ask, database: LedgerDatabase): Promise<void> {
  const { schema } = database;
  // Two at once would both find nothing.
  await ask('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', `appointed migrate ${schema}`);
  const [exists] = await ask<readonly [boolean]>('SELECT to_regnamespace($1) IS NOT NULL', schema);
  // To create what is there already takes a right that not everybody has who may create tables in it.
  if (exists?.[0] !== true) await ask(`CREATE SCHEMA ${schema}`);
  const format = await readFormat(ask, database);
  refuseNewer(format, database);
  for (const migration of MIGRATIONS.slice(format)) await ask(migration(schema));
  if (format === 0) await ask(`INSERT INTO ${schema}.format (number) VALUES ($1)`, TABLES_FORMAT);
  else if (format < TABLES_FORMAT) await ask(`UPDATE ${schema}.format SET number = $1`, TABLES_FORMAT);
}
