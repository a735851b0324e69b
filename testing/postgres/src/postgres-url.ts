import { inject } from 'vitest';
import './vitest-setup.js';

/**
 * A PostgreSQL for tests, as a connection string: what POSTGRES_URL or DATABASE_URL names, or one from npm, which all
 * files of a run of vitest share and which is started by the first that asks.
 */
export async function postgresUrl(): Promise<string> {
  const { POSTGRES_URL, DATABASE_URL } = process.env;
  const given = POSTGRES_URL ?? DATABASE_URL;
  if (given !== undefined) return given;
  const response = await fetch(inject('whoStartsPostgres'));
  const said = await response.text();
  if (!response.ok) throw new Error(said);
  return said;
}
