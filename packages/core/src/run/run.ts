import { setMaxListeners } from 'node:events';
import { AppointedError } from '../error/appointed-error.js';
import { causeText } from '../error/cause-text.js';
import type { LifecycleEmitter } from '../events/lifecycle-emitter.js';
import type { Placement } from '../events/lifecycle-events.js';
import type { IAppointmentFactory } from '../factory/appointment-factory.js';
import type { Claim, RunLedger } from '../ledger/run-ledger.js';
import type { Pacer } from '../pacer/pacer.js';
import type { AppointmentTransport, Receipt } from '../transport/appointment-transport.js';
import type { Outcome } from '../transport/outcome.js';
import { abortable } from './abortable.js';
import { AwaitedAnswers } from './awaited-answers.js';
import { Breaker } from './breaker.js';
import type { OpenRun } from './open-run.js';
import type { RunSettings } from './run-settings.js';
import { RunTally } from './run-tally.js';

/** How long the caller's `onPlacement` may still take once the run was aborted. */
const PATIENCE_MS = 5000;

/** What a run works with. */
export interface RunParts {
  readonly transport: AppointmentTransport;
  readonly ledger: RunLedger;
  /** Whether a run can be continued in this ledger; otherwise it is forgotten at its end. */
  readonly keepsRuns: boolean;
  readonly pacer: Pacer;
  readonly clock: () => number;
  readonly events: LifecycleEmitter;
  /** The most requests in flight, with the default pacer. */
  readonly maxInFlight: number;
}

/** One call that begins or continues a run: what all who work on it share. */
export class Run {
  readonly parts: RunParts;
  readonly settings: RunSettings;
  readonly answers: AwaitedAnswers;
  readonly tally: RunTally = new RunTally();
  readonly #open: OpenRun;
  readonly #halt = new AbortController();
  readonly #abort = new AbortController();
  readonly #patience = new AbortController();
  #losePatience: NodeJS.Timeout | undefined;
  readonly #breaker: Breaker;
  readonly #factories: ReadonlyMap<string, IAppointmentFactory>;
  #stopped: AppointedError | undefined;

  constructor(parts: RunParts, settings: RunSettings, open: OpenRun) {
    this.parts = parts;
    this.settings = settings;
    this.#open = open;
    // Every request under way listens, and Node warns of more than ten listeners.
    setMaxListeners(0, this.halted, this.aborted, this.#patience.signal);
    this.answers = new AwaitedAnswers(settings.requestTimeoutMs, this.aborted);
    this.#breaker = new Breaker(settings.stopAfterRejections);
    this.#factories = new Map(settings.slots.map(({ name, factory }) => [name, factory]));
  }

  get runId(): string {
    return this.settings.runId;
  }

  /** The run's FIRST start, in milliseconds since the epoch. */
  get startedAt(): number {
    return this.#open.manifest.startedAt;
  }

  get owner(): OpenRun['owner'] {
    return this.#open.owner;
  }

  get isContinued(): boolean {
    return !this.#open.isNew;
  }

  /** Somebody may have used the id elsewhere. */
  get looksUpFirst(): boolean {
    return this.#open.manifest.looksUpFirst === true && this.settings.lookup === 'auto';
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

  /** No byte for these claims leaves later: who takes them over when the lease ends finds their requests over. */
  sendBy(claims: readonly Claim[]): number {
    const leaseEnds = Math.min(...claims.map(({ placement }) => placement.dueAt ?? 0));
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

  /** Tells the one who must act on each placement, and waits. */
  async tellCaller(placement: Placement, outcome: Outcome<Receipt>): Promise<void> {
    const { onPlacement } = this.settings;
    if (onPlacement === undefined) return;
    try {
      const told = onPlacement({ ...placement, outcome });
      if (told !== undefined) await abortable(told, this.#patience.signal);
    } catch (cause) {
      if (this.#patience.signal.aborted) return;
      const { id } = placement.mailbox;
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
