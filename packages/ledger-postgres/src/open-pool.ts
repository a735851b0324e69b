import { AppointedError, type ErrorSubject } from '@appointed/core';
import { Client, type ClientConfig, escapeIdentifier, Pool, type PoolConfig } from 'pg';
import type { PostgresPool } from './postgres-pool.js';

const CONNECTIONS: PoolConfig = {
  fallback_application_name: 'appointed',
  connectionTimeoutMillis: 10_000,
  // Longer than any statement of a ledger takes: a server that is silent for so long is gone.
  query_timeout: 120_000,
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
  allowExitOnIdle: true,
};
const LONGEST_NAME = 63; // bytes

/** Where the tables of a ledger are. */
export interface PostgresOptions {
  /**
   * `postgres://user@host:port/database?sslmode=verify-full`. What it leaves out, and all where neither it nor a pool is
   * given, comes from the environment as for psql: PGHOST, PGPORT, PGDATABASE, PGUSER, PGPASSWORD, or the password file.
   */
  readonly connectionString?: string;
  /**
   * The app's own `pg.Pool`, which stays open. Listen to its `error` event: without a listener, a connection that is lost
   * ends the process. A run that is held keeps one connection.
   */
  readonly pool?: PostgresPool;
  /** The schema that holds the tables. By default `appointed`. */
  readonly schema?: string;
}

/** Connections to where a ledger is. */
export interface OpenPool {
  readonly pool: PostgresPool;
  /** For people: host, database and schema, and nothing secret. */
  readonly name: string;
  /** The schema, quoted. */
  readonly schema: string;
  /** Ends the connections, unless they are the app's own. */
  end(): Promise<void>;
}

/** Connects when there is something to do. @throws AppointedError `invalid_options` */
export function openPool({ connectionString, pool, schema = 'appointed' }: PostgresOptions): OpenPool {
  const quoted = quoteSchema(schema);
  if (pool === undefined) return ownPool(connectionString, schema, quoted);
  if (connectionString !== undefined) throw invalid('pool', 'is given beside a connectionString');
  return { pool, name: `in the schema ${schema}`, schema: quoted, end: () => Promise.resolve() };
}

function ownPool(connectionString: string | undefined, schema: string, quoted: string): OpenPool {
  const config = connectionString === undefined ? {} : { connectionString: checked(connectionString) };
  const { host, port, database } = clientOf(config);
  const pool = new Pool({ ...config, ...CONNECTIONS });
  // One that is lost while nobody uses it is replaced when somebody does.
  pool.on('error', () => undefined);
  const name = `${host}:${port}/${database ?? ''}, schema ${schema}`;
  return { pool, name, schema: quoted, end: () => pool.end() };
}

function checked(connectionString: string): string {
  // What stands before an @ that is not in its place may be a password, and would be taken for a database.
  if (/^postgres(ql)?:\/\/[^/]*(\/[^@?]*(\?.*)?)?$/.test(connectionString)) return connectionString;
  throw noUrl();
}

function clientOf(config: ClientConfig): Client {
  try {
    return new Client(config);
  } catch {
    // The error would repeat what was given.
    throw noUrl();
  }
}

function noUrl(): AppointedError {
  return invalid('connectionString', 'is not a URL like postgres://user@host:5432/database', {
    hint: 'Write what is special in a password as in URLs (%40 for @), or give it in PGPASSWORD.',
  });
}

function quoteSchema(schema: string): string {
  if (typeof schema !== 'string' || schema === '' || schema.includes('\0')) throw invalid('schema', 'is not a name');
  // PostgreSQL would cut it, and two names could become one.
  if (Buffer.byteLength(schema) > LONGEST_NAME) throw invalid('schema', `has more than ${LONGEST_NAME} bytes`);
  return escapeIdentifier(schema);
}

function invalid(field: string, what: string, subject: ErrorSubject = {}): AppointedError {
  return new AppointedError('invalid_options', `${field} ${what}`, { field, ...subject });
}
