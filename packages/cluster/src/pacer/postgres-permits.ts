import type { Pool } from 'pg';
import { SCHEMA } from '../connection/postgres-schema.js';
import { type Demand, type PermitStore, UNCERTAIN_MS } from './permit-store.js';

/** Permits in PostgreSQL. */
export class PostgresPermits implements PermitStore {
  readonly #pool: Pool;
  readonly #cluster: string;

  constructor(pool: Pool, cluster: string) {
    this.#pool = pool;
    this.#cluster = cluster;
  }

  async share(process: string, demands: readonly Demand[], leaseMs: number): Promise<readonly number[]> {
    const columns = (['lane', 'cap', 'kept', 'wanted'] as const).map((name) => demands.map((one) => one[name]));
    const { rows } = await this.#pool.query<{ readonly given: readonly number[] }>(
      `SELECT ${SCHEMA}.share($1, $2, $3, $4, $5, $6, $7, $8) AS given`,
      [this.#cluster, process, interval(leaseMs), interval(UNCERTAIN_MS), ...columns],
    );
    return rows[0]?.given ?? [];
  }

  async quiet(lane: string, ms: number): Promise<void> {
    await this.#pool.query(
      `INSERT INTO ${SCHEMA}.quiet VALUES ($1, $2, clock_timestamp() + $3)
       ON CONFLICT (cluster, lane) DO UPDATE SET until = greatest(quiet.until, excluded.until)`,
      [this.#cluster, lane, interval(ms)],
    );
    await this.#pool.query(`DELETE FROM ${SCHEMA}.quiet WHERE cluster = $1 AND until < clock_timestamp()`, [
      this.#cluster,
    ]);
  }

  async quietLanes(): Promise<readonly { readonly lane: string; readonly ms: number }[]> {
    const { rows } = await this.#pool.query<{ readonly lane: string; readonly ms: number }>(
      `SELECT lane, (1000 * extract(epoch FROM until - clock_timestamp()))::float AS ms
       FROM ${SCHEMA}.quiet WHERE cluster = $1 AND until > clock_timestamp()`,
      [this.#cluster],
    );
    return rows;
  }
}

function interval(ms: number): string {
  return `${ms} milliseconds`;
}
