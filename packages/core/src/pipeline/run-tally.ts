import type { AppointedError } from '../error/appointed-error.js';
import type { Enrolment } from '../ledger/placement-row.js';
import type { PlacementRecord } from '../run/call-options.js';
import type { RunCounts, RunFailure } from '../run/run-report.js';

const MOST_FAILURES = 100;

/** Counts how a run goes; keeps the first failures. */
export class RunTally {
  readonly #counts = { skipped: 0, done: 0, rejected: 0, deferred: 0, unknown: 0, duplicates: 0 };
  readonly #failures: RunFailure[] = [];
  /** How many placements have ended in this call. */
  ended = 0;
  /** How many were settled before. */
  already = 0;

  skipped(row: number, error: AppointedError): void {
    this.#counts.skipped += 1;
    const { mailbox } = error;
    this.#keep({ row, kind: 'skipped', error, ...(mailbox === undefined ? {} : { mailbox }) });
  }

  duplicates(count: number): void {
    this.#counts.duplicates += count;
  }

  settled(
    { row, mailbox, slot }: Pick<Enrolment, 'row' | 'mailbox' | 'slot'>,
    outcome: PlacementRecord['outcome'],
  ): void {
    this.ended += 1;
    this.#counts[outcome.kind] += 1;
    if (outcome.kind === 'done' || outcome.error.code === 'not_wanted') return;
    this.#keep({ row, mailbox: mailbox.id, slot, kind: outcome.kind, error: outcome.error });
  }

  /** How many placements have not ended well. */
  get failed(): number {
    return this.#counts.rejected + this.open;
  }

  /** How many placements are left for another call. */
  get open(): number {
    return this.#counts.deferred + this.#counts.unknown;
  }

  counts(rows: number): RunCounts {
    return { rows, already: this.already, ...this.#counts };
  }

  /** In the order of the list. */
  get failures(): readonly RunFailure[] {
    return this.#failures.toSorted((one, other) => one.row - other.row);
  }

  #keep(failure: RunFailure): void {
    if (this.#failures.length < MOST_FAILURES) this.#failures.push(failure);
  }
}
