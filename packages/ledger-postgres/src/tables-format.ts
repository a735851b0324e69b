import { AppointedError } from '@appointed/core';
import type { LedgerClock } from './ledger-clock.js';
import { type Ask, type LedgerDatabase, nowSql } from './ledger-database.js';
import { TABLES_FORMAT } from './schema.js';

/** The format of the tables; 0 where there are none. */
export async function readFormat(ask: Ask, { schema }: LedgerDatabase): Promise<number> {
  const [found] = await ask<readonly [boolean]>('SELECT to_regclass($1) IS NOT NULL', `${schema}.format`);
  if (found?.[0] !== true) return 0;
  const [row] = await ask<readonly [number]>(`SELECT number FROM ${schema}.format`);
  return row?.[0] ?? 0;
}

/** @throws AppointedError `ledger_too_new` */
export function refuseNewer(format: number, { name }: LedgerDatabase): void {
  if (format <= TABLES_FORMAT) return;
  const formats = `its tables have the format ${format}, and this version knows ${TABLES_FORMAT}`;
  throw new AppointedError('ledger_too_new', `the ledger ${name}: ${formats}`, {
    hint: 'Use the version of Appointed that wrote them, or a newer one. Nothing was changed.',
  });
}

/**
 * Are the tables those of this version, and is what is committed on the disk?
 * @throws AppointedError `ledger_failed`, `ledger_too_new`
 */
export async function checkTables(database: LedgerDatabase, clock: LedgerClock): Promise<void> {
  const askedAt = clock.local;
  const [found] = await database.ask<readonly [format: number, now: number, commits: string]>(
    `SELECT number, ${nowSql(1)}, current_setting('synchronous_commit') FROM ${database.schema}.format`,
    clock.now,
  );
  if (found === undefined) throw notReady(database, 'its tables have no format', MIGRATE);
  const [format, now, commits] = found;
  clock.measured(askedAt, now);
  refuseNewer(format, database);
  if (format < TABLES_FORMAT) {
    throw notReady(database, `its tables have the format ${format}, and this version needs ${TABLES_FORMAT}`, MIGRATE);
  }
  if (commits === 'off') {
    const hint = 'Say ALTER ROLE ... SET synchronous_commit = on for the account that Appointed uses.';
    throw notReady(database, 'synchronous_commit is off, so that what is acknowledged can be lost', hint);
  }
}

const MIGRATE =
  'Once, appointed migrate --ledger postgres://…, or migrate() of @appointed/ledger-postgres; what is stored stays.';

function notReady({ name }: LedgerDatabase, what: string, hint: string): AppointedError {
  return new AppointedError('ledger_failed', `the ledger ${name}: ${what}`, { hint });
}
