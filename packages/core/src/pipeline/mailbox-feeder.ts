import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppointedError } from '../error/appointed-error.js';
import type { Mailbox } from '../mailbox/mailbox.js';
import { parseMailbox } from '../mailbox/parse-mailbox.js';
import type { MailboxList } from '../run/call-options.js';
import { Canary } from './canary.js';
import { Enroller } from './enroller.js';
import { MailboxSource, type SourceRow } from './mailbox-source.js';
import type { Run } from './run.js';
import { SeenKeys } from './seen-keys.js';

/**
 * How many placements of the list may be open: those that rest after a failure among them. A server that fails for
 * everybody must not make a run collect the whole list.
 */
const MOST_OPEN = 10_000;
/** Where the whole list is read first, so many placements are enrolled at once. */
const LARGEST_CHUNK = 500;

/** Reads the list of mailboxes and enrols its placements, some way ahead of those who work on them. */
export class MailboxFeeder {
  readonly #run: Run;
  readonly #source: MailboxSource;
  readonly #seen = new SeenKeys();
  readonly #enroller: Enroller;
  readonly #canary: Canary | undefined;
  /** How many placements may wait for their turn: the list is read no further ahead than that. */
  readonly #readAhead: number;
  readonly #largestChunk: number;
  readonly #mostOpen: number;
  #mailboxes = 0;
  #waiting = 0;
  #enrolled = 0;
  #room: () => void = () => undefined;
  #onProgress: () => void = () => undefined;
  hasEnded = false;
  /** The list was read to its end. */
  isComplete = false;

  constructor(run: Run, mailboxes: MailboxList) {
    this.#run = run;
    this.#source = new MailboxSource(mailboxes, run.halted);
    this.#enroller = new Enroller(run);
    const { listFirst, canary } = run.settings;
    this.#canary = canary === undefined ? undefined : new Canary(run, canary);
    const readAhead = 4 * run.parts.maxInFlight;
    this.#readAhead = listFirst ? Number.POSITIVE_INFINITY : readAhead;
    this.#largestChunk = listFirst ? LARGEST_CHUNK : readAhead / 2;
    this.#mostOpen = listFirst ? Number.POSITIVE_INFINITY : MOST_OPEN;
    run.halted.addEventListener('abort', () => this.#room(), { once: true });
  }

  /** How many rows were read so far. */
  get rows(): number {
    return this.#source.rows;
  }

  /** Did the mailbox stand in the list? */
  hasListed(mailbox: Mailbox): boolean {
    return this.#seen.has(this.#enroller.firstKey(mailbox));
  }

  /** So many placements that waited have their turn. */
  taken(count: number): void {
    this.#waiting -= count;
    this.checkRoom();
  }

  /** Reads on, if there is room now. */
  checkRoom(): void {
    if (this.#waiting < this.#readAhead / 2 && this.#open < this.#mostOpen) this.#room();
    if (this.#open === 0) this.#canary?.allEnded();
  }

  get #open(): number {
    const { tally, invitations } = this.#run;
    return this.#enrolled - tally.ended - invitations.held;
  }

  /** @param onProgress told when placements were enrolled, and at the end */
  async feed(onProgress: () => void): Promise<void> {
    this.#onProgress = onProgress;
    try {
      await this.#readAll();
      const { halted, parts, runId, stopped, verb } = this.#run;
      this.isComplete = stopped === undefined && !halted.aborted;
      if (this.isComplete && verb.task === 'place') await parts.ledger.amend(runId, { audienceComplete: true });
    } catch (error) {
      this.#run.fail(error);
    } finally {
      this.#source.close();
      this.hasEnded = true;
      onProgress();
    }
  }

  async #readAll(): Promise<void> {
    for (;;) {
      const row = await this.#nextRow();
      if (row === undefined) return this.#flush();
      this.#accept(row);
      if (this.#run.halted.aborted) return;
      const isFull = this.#waiting + this.#enroller.size >= this.#readAhead;
      if (isFull || this.#enroller.size >= this.#largestChunk) await this.#flush();
      if (this.#canary?.isComplete(this.#mailboxes) === true && !(await this.#passCanary(this.#canary))) return;
      if (this.#waiting >= this.#readAhead || this.#open >= this.#mostOpen) await this.#untilRoom();
    }
  }

  /** @returns whether the list is to be read on */
  async #passCanary(canary: Canary): Promise<boolean> {
    await this.#flush();
    return canary.isApproved(this.rows, this.#open);
  }

  /** The next row. What was read before it is not kept waiting by a list that is slow. */
  async #nextRow(): Promise<SourceRow | undefined> {
    const next = this.#source.next().catch((cause: unknown) => this.#failed(cause));
    if (this.#enroller.size === 0) return next;
    const isSlow = await Promise.race([next.then(() => false), nextTurn(true)]);
    if (isSlow) await this.#flush();
    return next;
  }

  #failed(cause: unknown): undefined {
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
      this.#add(row.number, parseMailbox(row.input, row.number));
    } catch (error) {
      if (!AppointedError.is(error)) throw error;
      this.#run.tally.skipped(row.number, error);
      this.#run.parts.events.emit('rowSkipped', () => ({ runId: this.#run.runId, row: row.number, error }));
    }
  }

  #add(row: number, mailbox: Mailbox): void {
    const { settings } = this.#run;
    const firstKey = this.#enroller.firstKey(mailbox);
    if (!this.#seen.add(firstKey)) throw duplicate(row, mailbox);
    if (settings.exclusions.has(mailbox)) throw excluded(row, mailbox);
    this.#mailboxes += 1;
    if (this.#mailboxes > settings.maxMailboxes) return this.#run.stop(tooMany(settings.maxMailboxes));
    this.#enroller.add(row, mailbox, firstKey);
  }

  async #flush(): Promise<void> {
    if (this.#run.halted.aborted) return this.#enroller.drop();
    if (this.#enroller.size === 0) return;
    const open = await this.#enroller.flush();
    this.#waiting += open;
    this.#enrolled += open;
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

function excluded(row: number, { id }: Mailbox): AppointedError {
  return new AppointedError('excluded', `row ${row} ${id} stands in the list of those who are left alone`, {
    mailbox: id,
    row,
  });
}

function tooMany(limit: number): AppointedError {
  return new AppointedError('too_many_mailboxes', `the list holds more than ${limit} mailboxes`, {
    field: 'maxMailboxes',
    hint: 'Raise maxMailboxes if they are all meant.',
  });
}
