import { hash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppointedError } from '@appointed/core';
import { isRefusal, isRepeatable, ledgerFailed } from './ledger-failed.js';
import { type OpenPool, openPool, type PostgresOptions } from './open-pool.js';
import type { PostgresClient, PostgresQuery } from './postgres-pool.js';

/** What can be stored. */
type Value = string | number | null | readonly (string | number | null)[];

/** Asks the database something. `$n` stands for the nth value. */
export type Ask = <Row extends readonly unknown[]>(
  text: string,
  ...values: readonly Value[]
) => Promise<readonly Row[]>;

const NAME_LENGTH = 32; // PostgreSQL cuts names after 63 bytes
const MOST_TRIES = 5;
const LONGEST_REST_MS = 50;

/** By the numbers of types in PostgreSQL (`pg_type.oid`); what else there is stays text. Whatever the app has told `pg`. */
const READERS: Readonly<Record<number, (text: string) => unknown>> = {
  16: (text) => text === 't',
  20: Number,
  21: Number,
  23: Number,
  114: (text) => JSON.parse(text),
};
const TYPES: PostgresQuery['types'] = { getTypeParser: (oid) => READERS[oid] ?? String };

/** The current time for a statement: the nth value or, where it is null, the database's. Milliseconds since the epoch. */
export function nowSql(n: number): string {
  return `coalesce($${n}::bigint, floor(extract(epoch FROM statement_timestamp()) * 1000)::bigint)`;
}

/** The database: connections, transactions. What it throws is always an AppointedError. */
export class LedgerDatabase {
  /** Quoted. */
  readonly schema: string;
  readonly name: string;
  readonly #open: OpenPool;
  #isClosed = false;

  /** @throws AppointedError `invalid_options` */
  constructor(options: PostgresOptions) {
    this.#open = openPool(options);
    this.schema = this.#open.schema;
    this.name = this.#open.name;
  }

  /** One statement, which is a transaction of its own. */
  readonly ask: Ask = (text, ...values) => this.#repeatedly((client) => asking(client)(text, ...values));

  /** Several statements in one transaction; done again from its beginning where another one was in its way. */
  transaction<T>(work: (ask: Ask) => Promise<T>): Promise<T> {
    return this.#repeatedly(async (client) => {
      const ask = asking(client);
      await ask('BEGIN');
      try {
        const result = await work(ask);
        await ask('COMMIT');
        return result;
      } catch (error) {
        // Where the connection is lost, so is the transaction.
        if (AppointedError.is(error) || isRefusal(error)) await ask('ROLLBACK');
        throw error;
      }
    });
  }

  /** A connection to keep. @throws AppointedError `ledger_failed` */
  connect(): Promise<{ readonly client: PostgresClient; readonly ask: Ask }> {
    return this.#guard(async () => {
      const client = await this.#open.pool.connect();
      const ask = asking(client);
      return { client, ask: (text, ...values) => this.#guard(() => ask(text, ...values)) };
    });
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#open.end();
  }

  async #repeatedly<T>(work: (client: PostgresClient) => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.#guard(() => this.#withClient(work));
      } catch (error) {
        if (tries === MOST_TRIES || !AppointedError.is(error) || !isRepeatable(error.cause)) throw error;
        await sleep(Math.random() * LONGEST_REST_MS);
      }
    }
  }

  async #withClient<T>(work: (client: PostgresClient) => Promise<T>): Promise<T> {
    const client = await this.#open.pool.connect();
    // The statement that is under way is told as well; without a listener the process would end.
    client.on('error', ignore);
    let isUsable = false;
    try {
      const result = await work(client);
      isUsable = true;
      return result;
    } catch (error) {
      isUsable = AppointedError.is(error) || isRefusal(error);
      throw error;
    } finally {
      client.off('error', ignore);
      client.release(!isUsable);
    }
  }

  async #guard<T>(work: () => Promise<T>): Promise<T> {
    if (this.#isClosed) throw this.#closedError();
    try {
      return await work();
    } catch (cause) {
      throw ledgerFailed(this.name, cause);
    }
  }

  #closedError(): AppointedError {
    return new AppointedError('ledger_failed', `the ledger ${this.name} is closed`, {
      hint: 'Close it when all runs have ended.',
    });
  }
}

function ignore(): void {}

/** What has values is prepared once for each connection: to plan a statement takes longer than most take to be done. */
function asking(client: PostgresClient): Ask {
  return async <Row extends readonly unknown[]>(text: string, ...values: readonly Value[]) => {
    const { rows } = await client.query({
      ...(values.length > 0 && { name: `appointed ${hash('sha256', text).slice(0, NAME_LENGTH)}` }),
      text,
      values: [...values],
      rowMode: 'array',
      types: TYPES,
    });
    return rows as readonly Row[];
  };
}
