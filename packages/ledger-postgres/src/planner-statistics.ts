import type { LedgerDatabase } from './ledger-database.js';

/** So few rows are found quickly, whatever the planner thinks. */
const FIRST = 1000;

/**
 * Keeps what PostgreSQL's planner knows of the tables near the truth while they are filled: it plans by what it has last
 * counted, and its own worker counts once a minute.
 */
export class PlannerStatistics {
  readonly #database: LedgerDatabase;
  #added = 0;
  #next = FIRST;

  constructor(database: LedgerDatabase) {
    this.#database = database;
  }

  /** So many rows were added: it counts again each time they have doubled. */
  async added(rows: number): Promise<void> {
    this.#added += rows;
    if (this.#added < this.#next) return;
    this.#next = 2 * this.#added;
    await this.renew();
  }

  /** Counts. Where the account may not, PostgreSQL says so in its log, and goes on. */
  async renew(): Promise<void> {
    const { schema } = this.#database;
    await this.#database.ask(`ANALYZE ${schema}.placement, ${schema}.progress`);
  }
}
