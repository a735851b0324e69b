import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { AppointedError } from '@appointed/core';
import Database from 'libsql';
import { ledgerFailed } from './ledger-failed.js';
import { APPLICATION_ID, FILE_FORMAT, MIGRATIONS } from './schema.js';

type Prepared = Database.Statement<unknown[]>;

/** What can be stored. */
export type Value = string | number | null | Uint8Array;

/** A prepared statement that answers. `$n` must first occur in the order of the values: SQLite counts by occurrence. */
export interface Query<Row> {
  all(...values: readonly Value[]): readonly Row[];
  first(...values: readonly Value[]): Row | undefined;
}

/** A prepared statement that changes something. @returns how many rows */
export type Command = (...values: readonly Value[]) => number;

// Another process that writes to the same file needs milliseconds.
const BUSY_TIMEOUT_MS = 5000;
const CACHE_KIB = 16_384;

/** The SQLite file: opened, protected, of the right format. What it throws is always an AppointedError. */
export class LedgerFile {
  readonly path: string;
  readonly #database: Database.Database;
  readonly #release: (() => void)[] = [];
  #isClosed = false;

  constructor(path: string) {
    this.path = path;
    this.#database = this.#guard(() => {
      protect(path);
      return new Database(path);
    });
    try {
      this.#guard(() => this.#prepareFile());
    } catch (error) {
      this.#database.close();
      throw error;
    }
  }

  query<Row extends readonly unknown[]>(sql: string): Query<Row> {
    const prepared = this.#prepare(sql, (statement) => statement.raw());
    return {
      all: (...values) => prepared().all(values) as readonly unknown[] as readonly Row[],
      first: (...values) => prepared().get(values) as Row | undefined,
    };
  }

  command(sql: string): Command {
    const prepared = this.#prepare(sql);
    return (...values) => prepared().run(values).changes;
  }

  read<T>(work: () => T): T {
    return this.#guard(work);
  }

  /** One transaction; what it has changed is on the disk when this returns. */
  write<T>(work: () => T): T {
    return this.#guard(() => {
      this.#database.exec('BEGIN IMMEDIATE');
      try {
        const result = work();
        this.#database.exec('COMMIT');
        return result;
      } catch (error) {
        // A full disk, for one, has rolled back already.
        if (this.#database.inTransaction) this.#database.exec('ROLLBACK');
        throw error;
      }
    });
  }

  /** Writes what the log holds into the file, and empties the log, unless another process is reading. */
  checkpoint(): void {
    this.#guard(() => this.#database.pragma('wal_checkpoint(TRUNCATE)'));
  }

  /** The file is let go when the statements are garbage, which libsql cannot be told to hasten. */
  close(): void {
    this.#isClosed = true;
    for (const release of this.#release.splice(0)) release();
    this.#database.close();
  }

  /** At its first use: of thirty statements, reading needs two. */
  #prepare(sql: string, adapt = (statement: Prepared) => statement): () => Prepared {
    let statement: Prepared | undefined;
    this.#release.push(() => (statement = undefined));
    return () => (statement ??= adapt(this.#database.prepare(sql)));
  }

  #prepareFile(): void {
    this.#database.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
    this.#checkFormat();
    this.#database.pragma('journal_mode = WAL');
    this.#database.pragma('synchronous = FULL');
    this.#database.pragma('secure_delete = ON');
    this.#database.pragma(`cache_size = -${CACHE_KIB}`);
    if (this.#pragma('user_version') < FILE_FORMAT) this.write(() => this.#migrate());
  }

  #checkFormat(): void {
    const format = this.#pragma('user_version');
    const isEmpty = format === 0 && this.#pragma('schema_version') === 0;
    if (!isEmpty && this.#pragma('application_id') !== APPLICATION_ID) {
      throw new AppointedError('ledger_failed', `the ledger ${this.path}: it is the database of another program`, {
        hint: 'Name another file; this one was not changed.',
      });
    }
    if (format > FILE_FORMAT) {
      const formats = `it has the format ${format}, and this version knows ${FILE_FORMAT}`;
      throw new AppointedError('ledger_too_new', `the ledger ${this.path}: ${formats}`, {
        hint: 'Use the version of Appointed that wrote it, or a newer one. The file was not changed.',
      });
    }
  }

  /** In a transaction: another process that opens the file at the same time finds all of it or nothing. */
  #migrate(): void {
    for (const migration of MIGRATIONS.slice(this.#pragma('user_version'))) this.#database.exec(migration);
    this.#database.pragma(`application_id = ${APPLICATION_ID}`);
    this.#database.pragma(`user_version = ${FILE_FORMAT}`);
  }

  #pragma(name: string): number {
    const [row] = this.#database.prepare(`PRAGMA ${name}`).raw().all() as readonly (readonly number[])[];
    return row?.[0] ?? 0;
  }

  #closedError(): AppointedError {
    return new AppointedError('ledger_failed', `the ledger ${this.path} is closed`, {
      hint: 'Close it when all runs have ended.',
    });
  }

  #guard<T>(work: () => T): T {
    if (this.#isClosed) throw this.#closedError();
    try {
      return work();
    } catch (cause) {
      throw ledgerFailed(this.path, cause);
    }
  }
}

/** It holds people's addresses: others may not read it. SQLite makes its log and index with the modes of the file. */
function protect(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  closeSync(openSync(path, 'a', 0o600));
}
