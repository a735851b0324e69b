import type { DueQueue, Queueable } from './due-queue.js';
import type { Enrolment, PlacementRow, PlacementState, Task } from './placement-row.js';
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
  task: Task;
  #attempts = 0;
  #claimedAt: number | undefined;
  #receipt: PlacementRow['receipt'];
  #written: PlacementRow['written'];
  #error: PlacementRow['error'];

  constructor(enrolment: Enrolment, order: number, dueAt: number) {
    this.enrolment = enrolment;
    this.row = enrolment.row;
    this.task = enrolment.task ?? 'place';
    this.order = order;
    this.dueAt = dueAt;
  }

  /** It is on the server, or may be. */
  get mayBeThere(): boolean {
    return this.#receipt !== undefined || this.state === 'claimed' || this.state === 'unknown';
  }

  claim(now: number, leaseMs: number): void {
    this.fence += 1;
    this.state = 'claimed';
    this.#claimedAt = now;
    this.dueAt = now + leaseMs;
  }

  /** Whoever has claimed it for its former task may mark it no more. */
  assign(task: Task): void {
    this.task = task;
    this.#attempts = 0;
    this.fence += 1;
  }

  mark({ state, task = this.task, attempts, receipt, written, error }: Mark): void {
    this.state = state;
    this.task = task;
    this.#attempts = attempts;
    this.#receipt = receipt;
    this.#written = written;
    this.#error = error;
  }

  /** How it stands now; does not change when the placement does. */
  toRow(): PlacementRow {
    const { key, row, mailbox, slot } = this.enrolment;
    const { task, state } = this;
    const copy: { -readonly [K in keyof PlacementRow]: PlacementRow[K] } = {
      key,
      row,
      mailbox,
      slot,
      task,
      state,
      attempts: this.#attempts,
    };
    if (this.queue !== undefined) copy.dueAt = this.dueAt;
    if (this.#claimedAt !== undefined) copy.claimedAt = this.#claimedAt;
    if (this.#receipt !== undefined) copy.receipt = this.#receipt;
    if (this.#written !== undefined) copy.written = this.#written;
    if (this.#error !== undefined) copy.error = this.#error;
    return copy;
  }
}
