import type { Claim, Enrolment, Mark, PlacementRow, PlacementState } from '@appointed/core';
import type { Command, LedgerFile, Query } from './ledger-file.js';
import { packText } from './pack-text.js';
import {
  enrolmentValues,
  maskOf,
  outcomeValues,
  type PlacementRecord,
  readRecord,
  readState,
  RECORD_COLUMNS,
  STATE_NUMBERS,
  TASK_NUMBERS,
} from './placement-record.js';

/** Where a page of rows ends, and the next begins. */
export interface PageEnd {
  readonly row: number;
  readonly id: number;
}

/** Before the first row. */
export const FIRST_PAGE: PageEnd = { row: Number.MIN_SAFE_INTEGER, id: 0 };

/** Some rows, and where they end unless they are the last. */
export interface Page {
  readonly rows: readonly PlacementRow[];
  readonly end?: PageEnd;
}

/**
 * A fence is the number of the row and, below it, how often it was claimed: a mark finds its row without an index, which
 * is half of what it costs. So many claims fit; of rows, eight thousand million.
 */
const FENCES = 1_048_576;

const RECORDS = `SELECT ${RECORD_COLUMNS} FROM placement LEFT JOIN outcome ON outcome.placement = placement.id`;
const { waiting, claimed } = STATE_NUMBERS;

/** Placements and what their last marks said. All within a transaction of the caller's. */
export class PlacementTable {
  readonly #insert: Command;
  readonly #stateOf: Query<readonly [state: number]>;
  readonly #due: Query<PlacementRecord>;
  readonly #dueInRow: Query<PlacementRecord>;
  readonly #nextDue: Query<readonly [dueAt: number]>;
  readonly #claim: Command;
  readonly #mark: Command;
  readonly #setOutcome: Command;
  readonly #clearOutcome: Command;
  readonly #page: Query<PlacementRecord>;

  constructor(file: LedgerFile) {
    this.#insert = file.command(
      `INSERT INTO placement (run, key, list_row, slot, kind, mailbox, attributes, task, due_at, claimed_at, state, attempts, fence, owner)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, ${waiting}, 0, 0, -1) ON CONFLICT (run, key) DO NOTHING`,
    );
    this.#stateOf = file.query('SELECT state FROM placement WHERE run = $1 AND key = $2');
    this.#due = file.query(`${RECORDS} WHERE run = $1 AND due_at <= $2 ORDER BY due_at, list_row LIMIT $3`);
    // The plus keeps SQLite from going through all that is due for the sake of one row.
    this.#dueInRow = file.query(`${RECORDS} WHERE run = $1 AND list_row = $2 AND +due_at <= $3 ORDER BY due_at, id`);
    this.#nextDue = file.query(
      `SELECT due_at FROM placement WHERE run = $1 AND due_at IS NOT NULL AND (owner <> $2 OR due_at <= $3)
       ORDER BY due_at LIMIT 1`,
    );
    this.#claim = file.command(
      `UPDATE placement SET state = ${claimed}, fence = fence + 1, due_at = $1, claimed_at = $2, owner = $3
       WHERE id IN (SELECT value FROM json_each($4))`,
    );
    this.#mark = file.command(
      `UPDATE placement SET state = $1, attempts = $2, due_at = $3, task = coalesce($4, task), owner = -1
       WHERE id = $5 AND fence = $6 AND state = ${claimed} AND run = $7 AND key = $8`,
    );
    this.#setOutcome = file.command(
      `INSERT INTO outcome (placement, item_id, change_key, ical_uid, request_id, written, error)
       VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (placement) DO UPDATE SET item_id = excluded.item_id, change_key = excluded.change_key,
       ical_uid = excluded.ical_uid, request_id = excluded.request_id, written = excluded.written, error = excluded.error`,
    );
    this.#clearOutcome = file.command('DELETE FROM outcome WHERE placement = $1');
    this.#page = file.query(
      `${RECORDS} WHERE run = $1 AND (list_row, id) > ($2, $3) AND $4 & (1 << state) <> 0
       ORDER BY list_row, id LIMIT $5`,
    );
  }

  /** @returns the state; `waiting` for one that was not there */
  enrol(run: number, enrolment: Enrolment, now: number): PlacementState {
    const values = enrolmentValues(enrolment);
    if (this.#insert(run, ...values, now, now) === 1) return 'waiting';
    const found = this.#stateOf.first(run, packText(enrolment.key));
    return readState(found?.[0]);
  }

  /** What is due, in its order, with all that is due of each row where rows may hold several. */
  due(run: number, now: number, limit: number, wholeRows: boolean): readonly PlacementRecord[] {
    const due = limit > 0 ? this.#due.all(run, now, limit) : [];
    if (!wholeRows) return due;
    const taken: PlacementRecord[] = [];
    for (const row of new Set(due.map((record) => record[2]))) {
      if (taken.length >= limit) break;
      taken.push(...this.#dueInRow.all(run, row, now));
    }
    return taken;
  }

  claim(records: readonly PlacementRecord[], worker: number, now: number, leaseMs: number): readonly Claim[] {
    const dueAt = now + leaseMs;
    // In one statement: each that is begun costs more than what it does.
    if (records.length > 0) this.#claim(dueAt, now, worker, JSON.stringify(records.map(([id]) => id)));
    return records.map((record) => {
      const before = readRecord(record);
      return {
        placement: { ...before, state: 'claimed', dueAt, claimedAt: now },
        before: before.state,
        fence: record[0] * FENCES + record[1] + 1,
      };
    });
  }

  /** When the next falls due that is not under a running lease of this worker. */
  nextDueAt(run: number, worker: number, now: number): number | undefined {
    return this.#nextDue.first(run, worker, now)?.[0];
  }

  /** @returns false when the fence is stale */
  mark(run: number, mark: Mark): boolean {
    const { state, task, attempts, dueAt = null, key, fence } = mark;
    const id = Math.floor(fence / FENCES);
    const other = task === undefined ? null : TASK_NUMBERS[task];
    const made = this.#mark(STATE_NUMBERS[state], attempts, dueAt, other, id, fence % FENCES, run, packText(key));
    if (made === 0) return false;
    const values = outcomeValues(mark);
    if (values === undefined) this.#clearOutcome(id);
    else this.#setOutcome(id, ...values);
    return true;
  }

  /** The rows after a page's end, at most `size`, and where they end. */
  page(run: number, states: readonly PlacementState[], after: PageEnd, size: number): Page {
    const records = this.#page.all(run, after.row, after.id, maskOf(states), size);
    const last = records.length === size ? records.at(-1) : undefined;
    return { rows: records.map(readRecord), ...(last && { end: { row: last[2], id: last[0] } }) };
  }
}
