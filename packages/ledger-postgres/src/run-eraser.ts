import { AppointedError } from '@appointed/core';
import type { LedgerClock } from './ledger-clock.js';
import { type LedgerDatabase, nowSql } from './ledger-database.js';
import { keepFromBeingHeld } from './run-hold.js';
import type { StoredRun } from './run-table.js';
import { inStretches, type StretchAnswer, stretchSql } from './stretches.js';

/**
 * Erases runs. A run is condemned first, so that whatever interrupts this leaves no half of a run that could be continued;
 * and what was interrupted goes on when a ledger is opened, so that nobody's address is left behind.
 */
export class RunEraser {
  readonly #database: LedgerDatabase;
  readonly #clock: LedgerClock;
  readonly #erase: string;

  constructor(database: LedgerDatabase, clock: LedgerClock) {
    const { schema } = database;
    this.#database = database;
    this.#clock = clock;
    this.#erase = stretchSql(
      schema,
      `stood AS (DELETE FROM ${schema}.progress WHERE placement = ANY (ARRAY(SELECT id FROM stretch))),
       given AS (DELETE FROM ${schema}.placement WHERE id = ANY (ARRAY(SELECT id FROM stretch))),
       changed AS (SELECT 0 AS count)`,
    );
  }

  /** From now on nothing finds it; its rows are still to be erased. @throws AppointedError `run_held` */
  condemn(run: StoredRun): Promise<void> {
    const { schema } = this.#database;
    return this.#database.transaction(async (ask) => {
      await keepFromBeingHeld(ask, this.#database, run);
      await ask(`UPDATE ${schema}.run SET run_id = NULL, manifest = NULL, holder = NULL WHERE id = $1`, run.id);
    });
  }

  /** Condemns the runs that started longer ago, except those that somebody holds. */
  async condemnOlderThan(ageMs: number): Promise<void> {
    const old = await this.#database.ask<readonly [number, StoredRun['manifest']]>(
      `SELECT id, manifest FROM ${this.#database.schema}.run
       WHERE run_id IS NOT NULL AND started_at < ${nowSql(1)} - $2::bigint`,
      this.#clock.now,
      ageMs,
    );
    for (const [id, manifest] of old) {
      await this.condemn({ id, manifest }).catch((error: unknown) => {
        if (!AppointedError.is(error) || error.code !== 'run_held') throw error;
      });
    }
  }

  /** Erases a condemned run. */
  async erase(run: number): Promise<void> {
    await inStretches(async ({ row, id }) => {
      const [answer] = await this.#database.ask<StretchAnswer>(this.#erase, run, row, id);
      return answer;
    });
    await this.#database.ask(`DELETE FROM ${this.#database.schema}.run WHERE id = $1`, run);
  }

  /** Erases all that is condemned. */
  async eraseAll(): Promise<void> {
    const runs = await this.#database.ask<readonly [number]>(
      `SELECT id FROM ${this.#database.schema}.run WHERE run_id IS NULL`,
    );
    for (const [run] of runs) await this.erase(run);
  }
}
