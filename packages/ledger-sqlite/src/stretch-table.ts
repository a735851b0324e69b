import type { LedgerFile, Query } from './ledger-file.js';

/** So many rows are gone through in some milliseconds: longer, nothing else shall wait for it. */
const LENGTH = 1000;

const BEFORE_ALL = Number.MIN_SAFE_INTEGER;
const END = Number.MAX_SAFE_INTEGER;

/** Rows of a run's list that follow one another: what one transaction goes through. */
export interface Stretch {
  /** The row before its first. */
  readonly after: number;
  /** Its last row. */
  readonly to: number;
  readonly isLast: boolean;
}

/** Cuts runs into stretches. */
export class StretchTable {
  readonly #nth: Query<readonly [row: number]>;

  constructor(file: LedgerFile) {
    this.#nth = file.query(
      'SELECT list_row FROM placement WHERE run = $1 AND list_row > $2 ORDER BY list_row LIMIT 1 OFFSET $3',
    );
  }

  /** The stretch after another one, or the first. */
  next(run: number, before?: Stretch): Stretch {
    const after = before?.to ?? BEFORE_ALL;
    const end = this.#nth.first(run, after, LENGTH - 1);
    return { after, to: end?.[0] ?? END, isLast: end === undefined };
  }
}
