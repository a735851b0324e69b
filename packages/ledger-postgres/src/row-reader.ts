import type { PlacementRow, PlacementState } from '@appointed/core';
import type { LedgerClock } from './ledger-clock.js';
import type { LedgerDatabase } from './ledger-database.js';
import { type PlacementRecord, readRecord, RECORD_COLUMNS } from './placement-record.js';

/** So many rows are read at once. */
const PAGE_SIZE = 1000;

/** Reads a run's rows, page by page: no transaction lasts longer than a page, and no more of them is in memory. */
export class RowReader {
  readonly #database: LedgerDatabase;
  readonly #clock: LedgerClock;
  readonly #page: string;

  constructor(database: LedgerDatabase, clock: LedgerClock) {
    const { schema } = database;
    this.#database = database;
    this.#clock = clock;
    this.#page = `
      SELECT ${RECORD_COLUMNS} FROM ${schema}.placement AS given
      JOIN ${schema}.progress AS stands ON stands.placement = given.id
      WHERE given.run = $1 AND (given.list_row, given.id) > ($2, $3) AND stands.state = ANY ($4::text[])
      ORDER BY given.list_row, given.id LIMIT ${PAGE_SIZE}`;
  }

  async *read(run: number, states: readonly PlacementState[]): AsyncGenerator<PlacementRow> {
    for (let [row, id] = [-2_147_483_648, 0]; ;) {
      const records: readonly PlacementRecord[] = await this.#database.ask<PlacementRecord>(
        this.#page,
        run,
        row,
        id,
        states,
      );
      for (const record of records) yield readRecord(record, this.#clock);
      const last = records.length === PAGE_SIZE ? records.at(-1) : undefined;
      if (last === undefined) return;
      [id, row] = last;
    }
  }
}
