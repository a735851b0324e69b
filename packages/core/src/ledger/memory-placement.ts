import type { DueQueue, Queueable } from './due-queue.js';
import type { Enrolment, PlacementRow, PlacementState } from './placement-row.js';
import type { Mark } from './run-ledger.js';

/** A placement as the ledger in memory keeps it. Open while it stands in a queue; settled otherwise. */
export class MemoryPlacement implements Queueable {
  readonly enrolment: Enrolment;
  readonly row: number;
  readonly order: number;
  dueAt: number;
  queue: DueQueue<Queueable> | undefined;
  place = 0;
  fence = 0;
  state: PlacementState = 'waiting';
  #attempts = 0;
  #claimedAt: number | undefined;
  #receipt: PlacementRow['receipt'];
  #error: PlacementRow['error'];

  constructor(enrolment: Enrolment, order: number, dueAt: number) {
    this.enrolment = enrolment;
    this.row = enrolment.row;
    this.order = order;
    this.dueAt = dueAt;
  }

  claim(now: number, leaseMs: number): void {
    this.fence += 1;
    this.state = 'claimed';
    this.#claimedAt = now;
    this.dueAt = now + leaseMs;
  }

  mark({ state, attempts, receipt, error }: Mark): void {
    this.state = state;
    this.#attempts = attempts;
    this.#receipt = receipt;
    this.#error = error;
  }

  /** How it stands now; does not change when the placement does. */
  toRow(): PlacementRow {
    const { key, row, mailbox, slot } = this.enrolment;
    return {
      key,
      row,
      mailbox,
      slot,
      state: this.state,
      attempts: this.#attempts,
      ...(this.queue === undefined ? undefined : { dueAt: this.dueAt }),
      ...(this.#claimedAt === undefined ? undefined : { claimedAt: this.#claimedAt }),
      ...(this.#receipt === undefined ? undefined : { receipt: this.#receipt }),
      ...(this.#error === undefined ? undefined : { error: this.#error }),
    };
  }
}
