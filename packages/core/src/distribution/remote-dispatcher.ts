import type { AppointedError } from '../error/appointed-error.js';
import type { RunManifest } from '../ledger/run-manifest.js';
import type { MailboxFeeder } from '../pipeline/mailbox-feeder.js';
import type { Run } from '../pipeline/run.js';
import { type Before, count, lookBefore } from './census.js';
import type { Distribution, Distributor } from './distributor.js';
import { orderOf } from './order-of.js';
import type { WorkReport } from './work-report.js';

/** About so many placements are claimed for one order. */
export const PLACEMENTS_IN_ORDER = 100;

/** So many orders are out at once, at most: what more workers than that could do is of no use to a server. */
const MOST_ORDERS = 64;

/** Towards the end so many orders are out, each with so few placements or more: no worker is idle while another has much left. */
const LAST_ORDERS = 16;
const FEWEST_PLACEMENTS = 10;

/** So many orders in a row may fail because a worker cannot reach the ledger. */
const MOST_LEDGER_FAILURES = 20;

/** Where nothing could be claimed although something is due, it is looked at again after so long. */
const REST_MS = 100;

/** A longer delay makes Node's timers fire at once. */
const LONGEST_TIMER_MS = 2_147_483_647;

/** Has others work on a run as long as placements are open, and counts what came of it. */
export class RemoteDispatcher {
  readonly #run: Run;
  readonly #feeder: MailboxFeeder | undefined;
  readonly #distributor: Distributor;
  /** Meetings whose invitations were counted. Not more than are allowed, or the run is stopped. */
  readonly #counted = new Set<string>();
  /** How many they were when those that are held back were last asked for again. */
  #countedBefore = -1;
  #areInvitationsReleased = false;
  #before: Before = { open: 0, lastClaimAt: 0, last: new Map() };
  /** How many placements have ended, as far as that was reported. */
  #reported = 0;
  #out = 0;
  /** Orders that failed because of the ledger since a placement ended. */
  #ledgerFailures = 0;
  #wake: () => void = () => undefined;
  #isAwake = false;

  constructor(run: Run, feeder: MailboxFeeder | undefined, distributor: Distributor) {
    this.#run = run;
    this.#feeder = feeder;
    this.#distributor = distributor;
    run.halted.addEventListener('abort', () => this.wake(), { once: true });
  }

  /** Something has changed: placements were enrolled, an order was done, the run was stopped. */
  wake(): void {
    this.#isAwake = true;
    this.#wake();
  }

  /** Ends once all that was begun has ended. */
  async dispatch(): Promise<void> {
    const run = this.#run;
    try {
      this.#before = await lookBefore(run);
      const distribution = await this.#distributor.begin(run.runId, {
        onEvent: (event, payload) => run.parts.events.emit(event, () => payload),
        stop: (reason) => run.stop(reason),
      });
      await this.#distribute(distribution);
      await count(run, this.#before);
    } catch (error) {
      run.fail(error);
    }
  }

  async #distribute(distribution: Distribution): Promise<void> {
    const { aborted, halted } = this.#run;
    const onHalted = (): void => distribution.stop(halted.reason, aborted.aborted);
    const onAborted = (): void => distribution.stop(halted.reason, true);
    halted.addEventListener('abort', onHalted, { once: true });
    aborted.addEventListener('abort', onAborted, { once: true });
    try {
      await this.#handOutAll(distribution);
    } catch (error) {
      this.#run.fail(error);
    } finally {
      await distribution.end();
      while (this.#out > 0) await this.#untilWoken(undefined);
      halted.removeEventListener('abort', onHalted);
      aborted.removeEventListener('abort', onAborted);
    }
  }

  async #handOutAll(distribution: Distribution): Promise<void> {
    const manifest = await this.#manifest();
    while (!this.#run.halted.aborted) {
      this.#isAwake = false;
      const nextDueAt = await this.#nextDueAt();
      const isDue = nextDueAt !== undefined && nextDueAt <= Date.now();
      for (let more = isDue ? this.#wanted - this.#out : 0; more > 0; more -= 1) {
        void this.#handOut(distribution, manifest);
      }
      if (this.#out === 0 && nextDueAt === undefined && !this.#isAwake) {
        this.#feeder?.nothingIsOpen();
        if ((this.#feeder?.hasEnded ?? true) && !(await this.#releaseHeld())) return;
      }
      if (!this.#isAwake) await this.#untilWoken(isDue ? undefined : nextDueAt);
    }
  }

  /** As many orders as there is work for, as far as that is known. */
  get #wanted(): number {
    const open = this.#before.open + (this.#feeder?.enrolled ?? 0) - this.#reported;
    const last = Math.min(LAST_ORDERS, Math.ceil(open / FEWEST_PLACEMENTS));
    return Math.min(MOST_ORDERS, Math.max(1, last, Math.ceil(open / PLACEMENTS_IN_ORDER)));
  }

  async #handOut(distribution: Distribution, manifest: RunManifest): Promise<void> {
    this.#out += 1;
    try {
      const report = await distribution.handOut(orderOf(this.#run, manifest, this.#areInvitationsReleased));
      if (report !== undefined) this.#note(report);
      // Somebody else may have claimed what is due, or what is due belongs to a worker that has died.
      if (report === undefined || report.ended + report.heldBack.length === 0)
        await new Promise((resolve) => setTimeout(resolve, REST_MS));
    } catch (error) {
      this.#run.fail(error);
    }
    this.#out -= 1;
    this.wake();
  }

  #note(report: WorkReport): void {
    const run = this.#run;
    this.#reported += report.ended;
    run.endedElsewhere(report);
    this.#feeder?.taken(report.taken);
    if (report.ended > 0) this.#ledgerFailures = 0;
    if (report.stopped !== undefined) this.#noteStop(report.stopped);
    for (const { key, ...consequences } of report.heldBack) {
      if (this.#counted.has(key)) continue;
      this.#counted.add(key);
      run.invitations.admit(key, consequences);
    }
  }

  /** A worker that has lost its connection to the ledger is one worker: others go on, as long as it is not like that for all. */
  #noteStop(reason: AppointedError): void {
    this.#ledgerFailures += 1;
    if (reason.code !== 'ledger_failed' || this.#ledgerFailures >= MOST_LEDGER_FAILURES) this.#run.stop(reason);
  }

  /** Once the list has ended and all that is held back was counted, it may go. @returns whether there was anything */
  async #releaseHeld(): Promise<boolean> {
    const { invitations, parts, runId, verb } = this.#run;
    const { waiting } = await parts.ledger.settled(runId);
    const isListWhole = this.#feeder?.isComplete ?? true;
    if (waiting === 0 || this.#areInvitationsReleased || !isListWhole) return false;
    // A worker that has died may have held back more than it could report: those are asked for until none is new.
    if (waiting <= this.#counted.size || this.#counted.size === this.#countedBefore) {
      this.#areInvitationsReleased = true;
      invitations.release();
    }
    this.#countedBefore = this.#counted.size;
    this.#isAwake = true;
    return (await parts.ledger.reopen(runId, ['waiting'], verb.task)) > 0;
  }

  /** As it stands now that the call has begun. */
  async #manifest(): Promise<RunManifest> {
    const { manifest, parts } = this.#run;
    return (await parts.ledger.open(manifest)).manifest;
  }

  /** When the next placement falls due. Nothing is claimed. */
  async #nextDueAt(): Promise<number | undefined> {
    const { leaseMs, owner, parts, runId } = this.#run;
    return (await parts.ledger.claim(runId, owner, 0, leaseMs)).nextDueAt;
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
