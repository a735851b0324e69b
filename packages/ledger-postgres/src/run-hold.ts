import { hostname } from 'node:os';
import { AppointedError, type Hold, type LedgerOwner } from '@appointed/core';
import type { Ask, LedgerDatabase } from './ledger-database.js';
import { ledgerFailed } from './ledger-failed.js';
import type { PostgresClient } from './postgres-pool.js';
import { runUnknown, type StoredRun } from './run-table.js';
import { storableText, storedText } from './storable-text.js';

// When a machine has lost its power or its network, the server notices it after 10 + 3 × 5 seconds.
const NOTICE_THE_DEAD = `
  SELECT set_config('tcp_keepalives_idle', '10', false), set_config('tcp_keepalives_interval', '5', false),
    set_config('tcp_keepalives_count', '3', false), set_config('idle_session_timeout', '0', false)`;

/**
 * A run that this process holds: an advisory lock of a connection of its own, which PostgreSQL gives back when the
 * connection ends, however the process died. The table says only who it is.
 */
export class RunHold implements Hold {
  readonly #client: PostgresClient;
  readonly #unlock: () => Promise<unknown>;
  readonly #lost = new AbortController();
  #isOver = false;

  private constructor(client: PostgresClient, name: string, unlock: () => Promise<unknown>) {
    this.#client = client;
    this.#unlock = unlock;
    client.on('error', (error) => {
      if (this.#isOver) return;
      this.#isOver = true;
      this.#lost.abort(ledgerFailed(name, error));
      client.release(true);
    });
  }

  /** @throws AppointedError `run_held`, `run_unknown`, `ledger_failed` */
  static async take(database: LedgerDatabase, run: StoredRun, owner: LedgerOwner): Promise<RunHold> {
    const { client, ask } = await database.connect();
    const hold = new RunHold(client, database.name, () =>
      ask(`SELECT pg_advisory_unlock(${LOCK})`, lockName(database, run.id)),
    );
    try {
      const [locked] = await ask<readonly [boolean]>(
        `SELECT pg_try_advisory_lock(${LOCK})`,
        lockName(database, run.id),
      );
      if (locked?.[0] !== true) throw await heldError(ask, database, run);
      await sign(ask, database, run, owner);
      await ask(NOTICE_THE_DEAD);
      return hold;
    } catch (error) {
      await hold.release();
      throw error;
    }
  }

  /** Released or lost. */
  get isOver(): boolean {
    return this.#isOver;
  }

  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  async release(): Promise<void> {
    if (this.#isOver) return;
    this.#isOver = true;
    // The end of the connection unlocks as well, but not before the server has seen it.
    await this.#unlock().catch(() => undefined);
    this.#client.release(true);
  }
}

const LOCK = 'hashtextextended($1, 0)';

/** Keeps a run from being held until the end of the transaction. @throws AppointedError `run_held` */
export async function keepFromBeingHeld(ask: Ask, database: LedgerDatabase, run: StoredRun): Promise<void> {
  const [locked] = await ask<readonly [boolean]>(
    `SELECT pg_try_advisory_xact_lock(${LOCK})`,
    lockName(database, run.id),
  );
  if (locked?.[0] !== true) throw await heldError(ask, database, run);
}

function lockName({ schema }: LedgerDatabase, run: number): string {
  return `appointed hold ${schema} ${run}`;
}

/** @throws AppointedError `run_unknown`, where it was forgotten meanwhile */
async function sign(ask: Ask, { schema }: LedgerDatabase, run: StoredRun, { name }: LedgerOwner): Promise<void> {
  const signed = await ask(
    `UPDATE ${schema}.run SET holder = $2, held_since = floor(extract(epoch FROM statement_timestamp()) * 1000)
     WHERE id = $1 AND run_id IS NOT NULL RETURNING id`,
    run.id,
    storableText(`${name} (pid ${process.pid} on ${hostname()})`),
  );
  if (signed.length === 0) throw runUnknown(run.manifest.runId);
}

/** Asks through the connection that is there: for another one it might have to wait. */
async function heldError(ask: Ask, { schema }: LedgerDatabase, { id, manifest }: StoredRun): Promise<AppointedError> {
  const [found] = await ask<readonly [string | null, number | null]>(
    `SELECT holder, held_since FROM ${schema}.run WHERE id = $1`,
    id,
  );
  const [holder, since] = found ?? [null, null];
  const who =
    holder === null || since === null ? 'somebody' : `${storedText(holder)}, since ${new Date(since).toISOString()}`;
  return new AppointedError('run_held', `somebody works on the run ${manifest.runId}: ${who}`, {
    hint: 'Wait until it has ended, or stop that process.',
  });
}
