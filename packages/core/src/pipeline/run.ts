import { setMaxListeners } from 'node:events';
import { AppointedError } from '../error/appointed-error.js';
import { causeText } from '../error/cause-text.js';
import type { LifecycleEmitter } from '../events/lifecycle-emitter.js';
import type { Placement } from '../events/lifecycle-events.js';
import type { IAppointmentFactory } from '../factory/appointment-factory.js';
import { Breaker } from '../guards/breaker.js';
import { FailureRate } from '../guards/failure-rate.js';
import { type HeldBack, InvitationGuard } from '../guards/invitation-guard.js';
import type { Distributor } from '../distribution/distributor.js';
import type { RunManifest } from '../ledger/run-manifest.js';
import type { Claim, RunLedger } from '../ledger/run-ledger.js';
import type { Pacer } from '../pacer/pacer.js';
import type { WorkReport } from '../distribution/work-report.js';
import type { PlacementRecord } from '../run/call-options.js';
import { inOneLiteral, type RunSettings } from '../run/run-settings.js';
import type { AppointmentTransport } from '../transport/appointment-transport.js';
import type { Outcome } from '../transport/outcome.js';
import type { Verb } from '../verbs/verb.js';
import { abortable } from './abortable.js';
import { AwaitedAnswers } from './awaited-answers.js';
import { Canary } from './canary.js';
import type { OpenRun } from './open-run.js';
import { RunTally } from './run-tally.js';

/** How long the caller's `onPlacement` may still take once the run was aborted. */
const PATIENCE_MS = 5000;

/** What a run works with. */
export interface RunParts {
  readonly transport: AppointmentTransport;
  readonly ledger: RunLedger;
  /** Whether a run can be continued in this ledger; otherwise it is forgotten at its end. */
  readonly keepsRuns: boolean;
  /** Nothing is written. */
  readonly isDry: boolean;
  readonly pacer: Pacer;
  readonly clock: () => number;
  readonly events: LifecycleEmitter;
  /** The most requests in flight, with the default pacer. */
  readonly maxInFlight: number;
  /** Has others work on what is enrolled; undefined where it is done here. */
  readonly distributor: Distributor | undefined;
}

/** One call of a verb for a run: what all who work on it share. */
export class Run {
  readonly parts: RunParts;
  readonly settings: RunSettings;
  readonly verb: Verb;
  readonly answers: AwaitedAnswers;
  readonly tally: RunTally = new RunTally();
  readonly invitations: InvitationGuard;
  readonly canary: Canary | undefined;
  readonly #open: OpenRun;
  readonly #halt = new AbortController();
  readonly #abort = new AbortController();
  readonly #patience = new AbortController();
  #losePatience: NodeJS.Timeout | undefined;
  readonly #breaker: Breaker;
  readonly #failureRate: FailureRate;
  readonly #factories: ReadonlyMap<string, IAppointmentFactory>;
  #stopped: AppointedError | undefined;
  #isDiscarded = false;

  /** @param onHeld told of each placement that waits until it is known how many invitations there are */
  constructor(parts: RunParts, settings: RunSettings, verb: Verb, open: OpenRun, onHeld?: (held: HeldBack) => void) {
    this.parts = parts;
    this.settings = inOneLiteral(settings);
    this.verb = verb;
    this.#open = open;
    // Every request under way listens, and Node warns of more than ten listeners.
    setMaxListeners(0, this.halted, this.aborted, this.#patience.signal);
    this.answers = new AwaitedAnswers(settings.requestTimeoutMs, this.aborted);
    this.invitations = new InvitationGuard(
      { invitations: settings.maxInvitations, onlineMeetings: settings.maxOnlineMeetings },
      settings.canary !== undefined,
      onHeld,
    );
    this.canary = settings.canary && new Canary(this, settings.canary);
    this.#breaker = new Breaker(settings.stopAfterRejections);
    this.#failureRate = new FailureRate(settings.maxFailureRate);
    this.#factories = new Map(settings.slots.map(({ name, factory }) => [name, factory]));
  }

  get runId(): string {
    return this.settings.runId;
  }

  /** As it was when the call began. */
  get manifest(): RunManifest {
    return this.#open.manifest;
  }

  get owner(): OpenRun['owner'] {
    return this.#open.owner;
  }

  /** The ledger knew the run before this call. */
  get isContinued(): boolean {
    return !this.#open.isNew;
  }

  /** Somebody may have used the id elsewhere. */
  get looksUpFirst(): boolean {
    return this.manifest.looksUpFirst === true && this.settings.lookup === 'auto';
  }

  /**
   * Long enough for a claim to be sent (it may wait for that as long as for the answer), answered or given up, and
   * settled by the server. After a crash the run's claims are looked up when that time is over.
   */
  get leaseMs(): number {
    return 2 * this.settings.requestTimeoutMs + this.settings.settleMs;
  }

  /** Aborted, with the reason, when nothing more may be begun. Requests under way go on, unless the caller aborts. */
  get halted(): AbortSignal {
    return this.#halt.signal;
  }

  /** Aborted when the caller aborts: requests under way are given up. */
  get aborted(): AbortSignal {
    return this.#abort.signal;
  }

  /** Why the run ends early. */
  get stopped(): AppointedError | undefined {
    return this.#stopped;
  }

  /** How many placements are held back: they wait until the list has ended, or a canary is over. */
  get held(): number {
    return this.invitations.held + (this.canary?.held ?? 0);
  }

  /** Nothing came of it, and the ledger need not know it; unless an earlier call began it. */
  get isDiscarded(): boolean {
    return this.#isDiscarded && !this.isContinued;
  }

  /** No byte for these claims leaves later: who takes them over when the lease ends finds their requests over. */
  sendBy(claims: readonly Claim[]): number {
    let leaseEnds = Number.POSITIVE_INFINITY;
    for (const { placement } of claims) leaseEnds = Math.min(leaseEnds, placement.dueAt ?? 0);
    return leaseEnds - this.settings.requestTimeoutMs - this.settings.settleMs;
  }

  /** @throws AppointedError `factory_failed`, for a slot that the ledger knows and the caller did not name */
  factoryOf(slot: string): IAppointmentFactory {
    const factory = this.#factories.get(slot);
    if (factory === undefined) throw new AppointedError('factory_failed', `the slot ${slot} has no factory`);
    return factory;
  }

  /** What was read of the list has its turn, and then the run ends. The first reason counts. */
  endEarly(reason: AppointedError): void {
    this.#stopped ??= reason;
  }

  /** Nothing more is begun. */
  stop(reason: AppointedError): void {
    this.endEarly(reason);
    if (!this.halted.aborted) this.#halt.abort(reason);
  }

  /** Stops a run before anything of it was begun; its id is free again. */
  discard(reason: AppointedError): void {
    this.#isDiscarded = true;
    this.stop(reason);
  }

  /** The caller's abort: stops, and gives up what is under way. */
  abort(cause: unknown): void {
    this.stop(new AppointedError('aborted', 'the run was aborted', { cause }));
    this.#abort.abort(cause);
    this.#losePatience = setTimeout(() => this.#patience.abort(cause), PATIENCE_MS);
  }

  /** What the run needs has failed: stops. What is under way ends, and the report says why. */
  fail(error: unknown): void {
    this.stop(AppointedError.is(error) ? error : broken(error));
  }

  /** Leaves no timer behind. */
  close(): void {
    this.answers.close();
    clearTimeout(this.#losePatience);
  }

  /** Stops the run at what would fail everybody. */
  note(row: number, outcome: Outcome<unknown>): void {
    const reason = this.#breaker.note(row, outcome);
    if (reason !== undefined) this.stop(reason);
  }

  /**
   * Counts how a placement ended as far as this call goes, and tells the one who must act on each.
   * @returns a promise only where somebody is told
   */
  end(placement: Omit<Placement, 'runId'>, outcome: PlacementRecord['outcome']): Promise<void> | undefined {
    this.tally.settled(placement, outcome);
    const reason = this.#failureRate.note(outcome.kind === 'rejected');
    if (reason !== undefined) this.stop(reason);
    const { onPlacement } = this.settings;
    if (onPlacement === undefined) return undefined;
    const { row, mailbox, slot, key } = placement;
    return this.#tellCaller(onPlacement, { runId: this.runId, row, mailbox, slot, key, outcome });
  }

  /** So many placements have ended elsewhere. */
  endedElsewhere({ ended, rejected, duplicates }: Pick<WorkReport, 'ended' | 'rejected' | 'duplicates'>): void {
    this.tally.ended += ended;
    this.tally.duplicates(duplicates);
    for (let n = 0; n < ended; n += 1) {
      const reason = this.#failureRate.note(n < rejected);
      if (reason !== undefined) return this.stop(reason);
    }
  }

  async #tellCaller(onPlacement: NonNullable<RunSettings['onPlacement']>, record: PlacementRecord): Promise<void> {
    try {
      const told = onPlacement(record);
      if (told !== undefined) await abortable(told, this.#patience.signal);
    } catch (cause) {
      if (this.#patience.signal.aborted) return;
      const { id } = record.mailbox;
      this.stop(new AppointedError('on_placement_failed', `onPlacement failed for ${id}`, { mailbox: id, cause }));
    }
  }
}

/** The contracts of ledgers and pacers allow no other errors than ours. */
function broken(cause: unknown): AppointedError {
  const text = causeText(cause);
  return new AppointedError('ledger_failed', `the run cannot go on: ${text}`, {
    hint: 'This is a defect of the ledger or of the pacer: see the cause.',
    cause,
  });
}
