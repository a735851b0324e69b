import type { EventName, Listener, Placement } from '../events/lifecycle-events.js';
import type { IAppointmentFactory } from '../factory/appointment-factory.js';
import type { MailboxInput } from '../mailbox/mailbox.js';
import type { SendMode } from '../placement/send-mode.js';
import type { Token } from '../plugin/token.js';
import type { Receipt } from '../transport/appointment-transport.js';
import type { Outcome } from '../transport/outcome.js';
import type { RunReport } from './run-report.js';

/** A factory as it is, as a class that the runner's container makes, or as a token that a plugin provided. */
export type FactoryReference =
  | IAppointmentFactory
  | (new (...dependencies: never[]) => IAppointmentFactory)
  | Token<IAppointmentFactory>;

/** What `onPlacement` is given: how a placement ended. */
export interface PlacementRecord extends Placement {
  readonly outcome: Outcome<Receipt>;
}

/** One run: mailboxes × slots. */
export interface RunOptions {
  /**
   * Read as the run goes, never collected. May be left out to continue a run whose list its ledger has read to the end.
   */
  readonly mailboxes?: Iterable<MailboxInput> | AsyncIterable<MailboxInput>;
  /** The one factory, in the slot `default`. Either this or `factories`. */
  readonly factory?: FactoryReference;
  /** Factories by the name of their slot. */
  readonly factories?: Readonly<Record<string, FactoryReference>>;
  /**
   * The run's id: 1 to 200 characters. The keys of its placements come from it. An id that the ledger knows continues
   * that run; with one that it does not know, each placement is looked up on the server before it is saved, so that a
   * run repeated from elsewhere books nobody twice. By default a new UUID.
   */
  readonly id?: string;
  /** For every appointment of the run. By default `allAndSaveCopy` for those with attendees and `none` for the others. */
  readonly sendMode?: SendMode;
  /**
   * Ends the run at once: nothing more is sent, what is under way is given up and reported as `unknown`. To end it
   * gently, end the list of mailboxes.
   */
  readonly signal?: AbortSignal;
  /** How long one request may take, and a factory for one appointment, in milliseconds. By default 60,000. */
  readonly requestTimeoutMs?: number;
  /**
   * The run stops when this many mailboxes in a row were rejected with one code and nothing was saved between: what
   * fails everybody is a mistake. By default 20; `Infinity` never stops.
   */
  readonly stopAfterRejections?: number;
  /**
   * How long a placement whose outcome is unknown rests before it is looked up on the server, in milliseconds. Longer
   * than the server may still take over a request that was given up: until then, "not found" means nothing. By default
   * 60,000.
   */
  readonly settleMs?: number;
  /** How often one placement is sent, or looked up in vain, before it is left as it is. By default 5. */
  readonly maxAttempts?: number;
  /** `never`: does not look up the placements of an id that the ledger does not know. By default `auto`. */
  readonly lookup?: 'auto' | 'never';
  /** When a run is continued: takes its rejected placements again, once the cause is mended. By default false. */
  readonly retryRejected?: boolean;
  /** Told how each placement ended, and awaited. If it throws, the run stops with `on_placement_failed`. */
  readonly onPlacement?: (record: PlacementRecord) => void | Promise<void>;
}

/**
 * Places appointments in many calendars, acting as each calendar's owner. Made by `createRunner`.
 */
export interface ImpersonationRunner {
  /**
   * Asks the factories for a fresh appointment for each mailbox and saves it there. One bad mailbox never stops the
   * others; what failed is in the report and in the events. A placement whose outcome is unknown rests for `settleMs`
   * while the run goes on, and is then looked up: found, it is done; not found, it is placed again.
   *
   * Rejects only before anything is read or sent.
   * @throws AppointedError `invalid_options`, `factory_unresolvable`; of a run that the ledger knows `run_mismatch`,
   * `factory_changed`, `audience_incomplete`, `run_held`; `ledger_failed`, `ledger_too_new`
   */
  run(options: RunOptions): Promise<RunReport>;
  on<E extends EventName>(event: E, listener: Listener<E>): this;
  once<E extends EventName>(event: E, listener: Listener<E>): this;
  off<E extends EventName>(event: E, listener: Listener<E>): this;
  /** Closes the transport. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}
