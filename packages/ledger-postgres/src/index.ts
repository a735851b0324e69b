export { migrate } from './migrate.js';
export type { PostgresOptions } from './open-pool.js';
export { postgresLedger, type PostgresLedgerOptions } from './postgres-ledger.js';
export type { PostgresClient, PostgresPool, PostgresQuery } from './postgres-pool.js';
