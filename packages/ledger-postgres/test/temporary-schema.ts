import { randomUUID } from 'node:crypto';
import { postgresUrl } from '@appointed-testing/postgres';
import { migrate } from '@appointed/ledger-postgres';
import { escapeIdentifier, Pool } from 'pg';

/** A schema of its own for one test. */
export interface TemporarySchema {
  readonly connectionString: string;
  readonly schema: string;
  /** Where it is, as options. */
  readonly at: { readonly connectionString: string; readonly schema: string };
  readonly pool: Pool;
  /** Asks the server, as an administrator. In the text, `$schema` stands for the schema. */
  ask(text: string, ...values: readonly unknown[]): Promise<readonly Record<string, unknown>[]>;
  /** Empties the tables. */
  empty(): Promise<void>;
  drop(): Promise<void>;
}

/** With tables, unless told otherwise. */
export async function temporarySchema({ migrated = true } = {}): Promise<TemporarySchema> {
  const connectionString = await postgresUrl();
  const schema = `appointed ${randomUUID()}`;
  if (migrated) await migrate({ connectionString, schema });
  const pool = new Pool({ connectionString });
  const ask: TemporarySchema['ask'] = async (text, ...values) => {
    const { rows } = await pool.query(text.replaceAll('$schema', escapeIdentifier(schema)), [...values]);
    return rows;
  };
  return {
    connectionString,
    schema,
    at: { connectionString, schema },
    pool,
    ask,
    empty: async () => {
      await ask('DELETE FROM $schema.run; DELETE FROM $schema.placement; DELETE FROM $schema.progress');
    },
    drop: async () => {
      await ask('DROP SCHEMA IF EXISTS $schema CASCADE');
      await pool.end();
    },
  };
}
