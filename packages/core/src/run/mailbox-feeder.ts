import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppointedError } from '../error/appointed-error.js';
import type { Enrolment } from '../ledger/placement-row.js';
import type { Mailbox } from '../mailbox/mailbox.js';
import { parseMailbox } from '../mailbox/parse-mailbox.js';
import { placementKey } from '../placement/placement-key.js';
import { MailboxSource, type SourceRow } from './mailbox-source.js';
import type { Run } from './run.js';
import { SeenKeys } from './seen-keys.js';

/**
 * How many placements of the list may be open: those that rest after a failure among them. A server that fails for
 * everybody must not make a run collect the whole list.
 */
const MOST_OPEN = 10_000;

/** Reads the list of mailboxes and enrols its placements, some way ahead of those who work on them. */
export class MailboxFeeder {
  readonly #run: Run;
  readonly #source: MailboxSource;
  readonly #seen = new SeenKeys();
  /** How many placements may wait for their turn: the list is read no further ahead than that. */
  readonly #readAhead: number;
  #chunk: Enrolment[] = [];
  #waiting = 0;
  #enrolled = 0;
  #room: () => void = () => undefined;
  #onProgress: () => void = () => undefined;
  #isComplete = true;
  hasEnded = false;

  constructor(run: Run, mailboxes: ConstructorParameters<typeof MailboxSource>[0]) {
    this.#run = run;
    this.#source = new MailboxSource(mailboxes, run.halted);
    this.#readAhead = 4 * run.parts.maxInFlight;
    run.halted.addEventListener('abort', () => this.#room(), { once: true });
  }

  /** How many rows were read so far. */
  get rows(): number {
    return this.#source.rows;
  }

  /** So many placements that waited have their turn. */
  taken(count: number): void {
    this.#waiting -= count;
    this.checkRoom();
  }

  /** Reads on, if there is room now. */
  checkRoom(): void {
    if (this.#waiting < this.#readAhead / 2 && this.#open < MOST_OPEN) this.#room();
  }

  get #open(): number {
    return this.#enrolled - this.#run.tally.ended;
  }

  /** @param onProgress told when placements were enrolled, and at the end */
  async feed(onProgress: () => void): Promise<void> {
    this.#onProgress = onProgress;
    try {
      await this.#readAll();
      if (this.#isComplete && !this.#run.halted.aborted) {
        await this.#run.parts.ledger.amend(this.#run.runId, { audienceComplete: true });
      }
    } catch (error) {
      this.#run.fail(error);
      this.#source.close();
    } finally {
      this.hasEnded = true;
      onProgress();
    }
  }

  async #readAll(): Promise<void> {
    for (;;) {
      const row = await this.#nextRow();
      if (row === undefined) return this.#flush();
      this.#accept(row);
      const isFull = this.#waiting + this.#chunk.length >= this.#readAhead;
      if (isFull || this.#chunk.length >= this.#readAhead / 2) await this.#flush();
      if (this.#waiting >= this.#readAhead || this.#open >= MOST_OPEN) await this.#untilRoom();
    }
  }

  /** The next row. What was read before it is not kept waiting by a list that is slow. */
  async #nextRow(): Promise<SourceRow | undefined> {
    const next = this.#source.next().catch((cause: unknown) => this.#failed(cause));
    if (this.#chunk.length === 0) return next;
    const isSlow = await Promise.race([next.then(() => false), nextTurn(true)]);
    if (isSlow) await this.#flush();
    return next;
  }

  #failed(cause: unknown): undefined {
    this.#isComplete = false;
    this.#run.endEarly(
      new AppointedError('mailboxes_failed', `the list of mailboxes failed after row ${this.rows}`, {
        hint: 'Mailboxes before that row had their turn; the others had not.',
        cause,
      }),
    );
    return undefined;
  }

  #accept(row: SourceRow): void {
    try {
      this.#enrol(row.number, parseMailbox(row.input, row.number));
    } catch (error) {
      if (!AppointedError.is(error)) throw error;
      this.#run.tally.skipped(row.number, error);
      this.#run.parts.events.emit('rowSkipped', () => ({ runId: this.#run.runId, row: row.number, error }));
    }
  }

  #enrol(row: number, mailbox: Mailbox): void {
    const { runId, slots } = this.#run.settings;
    for (const [index, { name: slot }] of slots.entries()) {
      const key = placementKey(runId, slot, mailbox);
      if (index === 0 && !this.#seen.add(key)) throw duplicate(row, mailbox);
      this.#chunk.push({ key, row, mailbox, slot });
    }
  }

  async #flush(): Promise<void> {
    const chunk = this.#chunk;
    this.#chunk = [];
    if (chunk.length === 0 || this.#run.halted.aborted) return;
    const states = await this.#run.parts.ledger.enrol(this.#run.runId, chunk);
    const waiting = states.filter((state) => state === 'waiting').length;
    this.#waiting += waiting;
    this.#enrolled += waiting;
    this.#onProgress();
  }

  #untilRoom(): Promise<void> {
    if (this.#run.halted.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      this.#room = resolve;
    });
  }
}

function duplicate(row: number, { id }: Mailbox): AppointedError {
  return new AppointedError('duplicate_mailbox', `row ${row} ${id} stands in the list before`, { mailbox: id, row });
}
