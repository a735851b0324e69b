import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppointedError } from '../error/appointed-error.js';
import type { Mailbox } from '../mailbox/mailbox.js';
import type { PlanCheck } from '../preflight/plan-check.js';
import type { MailboxList } from '../run/call-options.js';
import { Audience } from './audience.js';
import type { Canary } from './canary.js';
import { Enroller } from './enroller.js';
import { MailboxSource, type SourceRow } from './mailbox-source.js';
import type { Run } from './run.js';

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
  readonly #audience: Audience;
  readonly #enroller: Enroller;
  readonly #planCheck: PlanCheck | undefined;
  /** The whole list is kept in memory before any of it is enrolled: a list that is refused leaves nothing behind. */
  readonly #isKept: boolean;
  /** How many placements may wait for their turn: the list is read no further ahead than that. */
  readonly #readAhead: number;
  readonly #largestChunk: number;
  readonly #mostOpen: number;
  #waiting = 0;
  #enrolled = 0;
  #room: () => void = () => undefined;
  #onProgress: () => void = () => undefined;
  hasEnded = false;
  /** The list was read to its end. */
  isComplete = false;

  /** @param planCheck told of every mailbox, and asked at the end of the list whether it is the approved one */
  constructor(run: Run, mailboxes: MailboxList, planCheck?: PlanCheck) {
    this.#run = run;
    this.#source = new MailboxSource(mailboxes, run.halted);
    this.#enroller = new Enroller(run);
    this.#audience = new Audience((mailbox) => this.#enroller.firstKey(mailbox), run.settings.exclusions);
    this.#planCheck = planCheck;
    const { listFirst, maxMailboxes } = run.settings;
    this.#isKept = Number.isFinite(maxMailboxes) || planCheck !== undefined;
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

  /** How many placements were enrolled to be worked on. */
  get enrolled(): number {
    return this.#enrolled;
  }

  /** Did the mailbox stand in the list? */
  hasListed(mailbox: Mailbox): boolean {
    return this.#audience.hasListed(mailbox);
  }

  /** So many placements that waited have their turn. */
  taken(count: number): void {
    this.#waiting -= count;
    this.checkRoom();
  }

  /** Nothing of what was enrolled is open any more, whoever has worked on it. */
  nothingIsOpen(): void {
    this.#waiting = 0;
    this.#enrolled = this.#run.tally.ended + this.#run.held;
    this.checkRoom();
  }

  /** Reads on, if there is room now. */
  checkRoom(): void {
    if (this.#waiting < this.#readAhead / 2 && this.#open < this.#mostOpen) this.#room();
  }

  get #open(): number {
    const { tally, held } = this.#run;
    return this.#enrolled - tally.ended - held;
  }

  /** Reads the whole list, before anything is done for it. Stops the run if it is cut short. */
  async readFirst(): Promise<void> {
    try {
      await this.#readAll();
      if (this.#run.stopped === undefined) this.#planCheck?.compare();
      // Of a list that was cut short nobody knows what it would have said.
      if (this.#run.stopped !== undefined) this.#run.stop(this.#run.stopped);
    } catch (error) {
      this.#run.fail(error);
    } finally {
      this.#source.close();
    }
  }

  /**
   * Enrols the list, as it is read or after that.
   * @param onProgress told when placements were enrolled, and at the end
   */
  async feed(onProgress: () => void): Promise<void> {
    this.#onProgress = onProgress;
    try {
      if (!this.#run.settings.listFirst) await this.#readAll();
      else if (this.#isKept) await this.#enrolAll();
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
      const given = this.#read();
      const row = given instanceof Promise ? await given : given;
      if (row === undefined) return this.#isKept ? undefined : this.#flush();
      const mailbox = this.#accept(row);
      if (mailbox !== undefined && this.#planCheck !== undefined) await this.#planCheck.add(mailbox);
      // A list that is an endless loop must not keep the caller's abort from being heard.
      if (row.number % LARGEST_CHUNK === 0) await nextTurn();
      if (this.#run.halted.aborted) return;
      if (!this.#isKept && !(await this.#enrolSome())) return;
    }
  }

  /** Enrols what was read, if it is enough, and waits for room. @returns whether the list is to be read on */
  async #enrolSome(): Promise<boolean> {
    const { canary } = this.#run;
    const isFull = this.#waiting + this.#enroller.size >= this.#readAhead;
    if (isFull || this.#enroller.size >= this.#largestChunk) await this.#flush();
    if (canary?.isComplete(this.#audience.size) === true && !(await this.#passCanary(canary))) return false;
    if (this.#waiting >= this.#readAhead || this.#open >= this.#mostOpen) await this.#untilRoom();
    return true;
  }

  /** Enrols a list that was read to its end. */
  async #enrolAll(): Promise<void> {
    const { canary } = this.#run;
    if (canary?.isComplete(this.#audience.size) === true && !(await this.#passCanary(canary))) return;
    while (this.#enroller.size > 0) await this.#flush(LARGEST_CHUNK);
  }

  /** @returns whether the others may have their turn */
  async #passCanary(canary: Canary): Promise<boolean> {
    await this.#flush(canary.size);
    return canary.isApproved(this.rows, this.#onProgress);
  }

  /** The next row. What was read before it is not kept waiting by a list that is slow. */
  async #nextRow(given: Promise<SourceRow | undefined>): Promise<SourceRow | undefined> {
    const next = given.catch((cause: unknown) => this.#failed(cause));
    if (this.#isKept || this.#enroller.size === 0) return next;
    const isSlow = await Promise.race([next.then(() => false), nextTurn(true)]);
    if (isSlow) await this.#flush();
    return next;
  }

  /** At once, or as a promise, as the list does. */
  #read(): SourceRow | undefined | Promise<SourceRow | undefined> {
    try {
      const next = this.#source.next();
      return next instanceof Promise ? this.#nextRow(next) : next;
    } catch (cause) {
      return this.#failed(cause);
    }
  }

  #failed(cause: unknown): undefined {
    this.#run.endEarly(
      new AppointedError('mailboxes_failed', `the list of mailboxes failed after row ${this.rows}`, {
        hint: this.#run.settings.listFirst
          ? 'Nobody had their turn, since the list is read to its end first.'
          : 'Mailboxes before that row had their turn; the others had not.',
        cause,
      }),
    );
    return undefined;
  }

  /** @returns undefined when the row is skipped */
  #accept(row: SourceRow): Mailbox | undefined {
    try {
      const { mailbox, key } = this.#audience.accept(row);
      this.#add(row.number, mailbox, key);
      return mailbox;
    } catch (error) {
      if (!AppointedError.is(error)) throw error;
      this.#run.tally.skipped(row.number, error);
      this.#run.parts.events.emit('rowSkipped', () => ({ runId: this.#run.runId, row: row.number, error }));
      return undefined;
    }
  }

  #add(row: number, mailbox: Mailbox, firstKey: string): void {
    const { maxMailboxes } = this.#run.settings;
    if (this.#audience.size > maxMailboxes) return this.#run.discard(tooMany(maxMailboxes));
    this.#enroller.add(row, mailbox, firstKey);
    this.#run.canary?.add(mailbox);
  }

  async #flush(mailboxes = Number.POSITIVE_INFINITY): Promise<void> {
    if (this.#run.halted.aborted) return this.#enroller.drop();
    if (this.#enroller.size === 0) return;
    const open = await this.#enroller.flush(mailboxes);
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

function tooMany(limit: number): AppointedError {
  return new AppointedError('too_many_mailboxes', `the list holds more than ${limit} mailboxes`, {
    field: 'maxMailboxes',
    hint: 'Raise maxMailboxes if they are all meant.',
  });
}
