import { AppointedError } from '../error/appointed-error.js';
import type { Claim } from '../ledger/run-ledger.js';
import { untouched } from './retry.js';
import type { Run } from './run.js';
import { serveMailbox } from '../verbs/serve-mailbox.js';

/** A longer delay makes Node's timers fire at once. */
const LONGEST_TIMER_MS = 2_147_483_647;

/** Where placements come from, as those who work on them see it. */
export interface Supply {
  /** No more are enrolled. */
  readonly hasEnded: boolean;
  /** The list was read to its end. */
  readonly isComplete: boolean;
  /** How many may be claimed; by default as many as there are, and those that fall due later are waited for. */
  readonly limit?: number;
  /** So many that waited have their turn. */
  taken(count: number): void;
  /** Something was settled. */
  checkRoom(): void;
}

/** Claims placements that are due and has them worked on, until none is open. */
export class Dispatcher {
  readonly #run: Run;
  readonly #atOnce: number;
  readonly #feeder: Supply | undefined;
  #left: number;
  readonly #queue: (readonly Claim[])[] = [];
  /** Claimed so long ago that they may not be sent any more. */
  readonly #stale: Claim[] = [];
  #active = 0;
  #wake: () => void = () => undefined;
  #isAwake = false;
  /** It is about to go on. */
  #isGoingOn = false;

  constructor(run: Run, feeder: Supply | undefined) {
    this.#run = run;
    this.#feeder = feeder;
    this.#left = feeder?.limit ?? Number.POSITIVE_INFINITY;
    // The pacer holds back what would be too much in flight; what waits for a disk must cost no throughput.
    this.#atOnce = run.parts.ledger.durable ? 2 * run.parts.maxInFlight : run.parts.maxInFlight;
    run.halted.addEventListener('abort', () => this.wake(), { once: true });
  }

  /** Something has changed: placements were enrolled, one was settled, the run was stopped. */
  wake(): void {
    this.#isAwake = true;
    this.#wake();
  }

  /** Ends once all that was begun has ended. */
  async dispatch(): Promise<void> {
    try {
      await this.#dispatchAll();
    } catch (error) {
      this.#run.fail(error);
    }
    while (this.#active > 0) await this.#untilWoken(undefined);
    // Claimed and not begun: whoever continues the run need not wait until the lease is over.
    this.#stale.push(...this.#queue.splice(0).flat());
    await this.#giveBack().catch((error: unknown) => this.#run.fail(error));
  }

  async #dispatchAll(): Promise<void> {
    while (!this.#run.halted.aborted) {
      this.#isAwake = false;
      const nextDueAt = await this.#fill();
      // Also not when one has ended since it was claimed: what came of it may be due again.
      const isAwake = this.#isAwake || this.#isGoingOn;
      const isIdle = this.#active === 0 && this.#queue.length === 0 && nextDueAt === undefined && !isAwake;
      if (isIdle) this.#run.canary?.allEnded();
      if (isIdle && (this.#feeder?.hasEnded ?? true) && !(await this.#releaseHeld())) break;
      if (!this.#isAwake) await this.#untilWoken(nextDueAt);
    }
  }

  /** Once the list has ended, what was held back may go. @returns whether there was anything */
  async #releaseHeld(): Promise<boolean> {
    const { canary, invitations, parts, runId, verb } = this.#run;
    const isListWhole = this.#feeder?.isComplete ?? true;
    if (this.#run.held === 0 || !isListWhole) return false;
    // What a canary held back was not counted yet.
    if (canary !== undefined && canary.held > 0) canary.end();
    else invitations.release();
    await parts.ledger.reopen(runId, ['waiting'], verb.task);
    this.#isAwake = true;
    return true;
  }

  /** What nothing was sent for needs no look-up when it is claimed again. */
  async #giveBack(): Promise<void> {
    if (this.#stale.length === 0) return;
    const { runId, parts } = this.#run;
    const marks = this.#stale.splice(0).map((claim) => untouched(runId, claim, Date.now()));
    await parts.ledger.mark(marks).catch(passOverLost);
  }

  /** Claims when less is left than could soon be begun. @returns when to look again */
  async #fill(): Promise<number | undefined> {
    await this.#giveBack();
    if (this.#queue.length >= this.#run.parts.maxInFlight || this.#left <= 0) return undefined;
    const { parts, runId, owner, leaseMs } = this.#run;
    const limit = Math.min(this.#atOnce, this.#left);
    const { claims, nextDueAt } = await parts.ledger.claim(runId, owner, limit, leaseMs);
    this.#left -= claims.length;
    this.#queue.push(...byMailbox(claims));
    this.#begin();
    if (claims.length > 0 && this.#queue.length < this.#run.parts.maxInFlight) return Date.now();
    // Of a part of the work only what can be begun now is anybody's concern.
    return this.#left === Number.POSITIVE_INFINITY ? nextDueAt : undefined;
  }

  #begin(): void {
    while (this.#active < this.#atOnce && !this.#run.halted.aborted) {
      const claims = this.#queue.shift();
      if (claims === undefined) return;
      if (Date.now() > this.#run.sendBy(claims)) {
        this.#stale.push(...claims);
        continue;
      }
      this.#active += 1;
      this.#feeder?.taken(claims.filter(({ before }) => before === 'waiting').length);
      void this.#work(claims);
    }
  }

  async #work(claims: readonly Claim[]): Promise<void> {
    try {
      await serveMailbox(this.#run, claims);
    } catch (error) {
      this.#run.fail(error);
    }
    this.#active -= 1;
    if (this.#isGoingOn) return;
    this.#isGoingOn = true;
    setImmediate(() => this.#goOn());
  }

  /**
   * Once for all that have ended in a turn of the event loop. What is begun one after another has its code in the
   * processor's caches: begun each when another has ended, placements took a third longer.
   */
  #goOn(): void {
    this.#isGoingOn = false;
    this.#begin();
    this.#feeder?.checkRoom();
    // As long as there is enough to begin, nothing has to be claimed.
    const isFull = this.#active === this.#atOnce && this.#queue.length >= this.#run.parts.maxInFlight;
    if (!isFull || this.#stale.length > 0) this.wake();
  }

  #untilWoken(dueAt: number | undefined): Promise<void> {
    return new Promise((resolve) => {
      const ms = dueAt === undefined ? LONGEST_TIMER_MS : Math.min(Math.max(dueAt - Date.now(), 0), LONGEST_TIMER_MS);
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** What somebody else has claimed after its lease was over is theirs. */
function passOverLost(error: unknown): void {
  if (!AppointedError.is(error) || error.code !== 'claim_lost') throw error;
}

/** The claims of one mailbox travel together. Not those of one row: a list that has changed gives rows anew. */
function byMailbox(claims: readonly Claim[]): readonly (readonly Claim[])[] {
  const groups = new Map<string, Claim[]>();
  for (const claim of claims) {
    const { kind, id } = claim.placement.mailbox;
    // No address holds a colon.
    const name = kind === 'smtp' ? id : `${kind}:${id}`;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [claim]);
    else group.push(claim);
  }
  return [...groups.values()];
}
