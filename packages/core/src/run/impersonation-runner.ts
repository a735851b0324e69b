import type { EventName, Listener } from '../events/lifecycle-events.js';
import type { Plan } from '../preflight/plan.js';
import type { PreflightOptions } from './preflight-options.js';
import type { ReconcileOptions } from './reconcile-options.js';
import type { RetractOptions } from './retract-options.js';
import type { ReviseOptions } from './revise-options.js';
import type { RunOptions } from './run-options.js';
import type { RunReport } from './run-report.js';
import type { VerifyOptions } from './verify-options.js';
import type { VerifyReport } from './verify-report.js';

/**
 * Places appointments in many calendars, acting as each calendar's owner. Made by `createRunner`.
 *
 * Whatever the verb: one bad mailbox never stops the others; what failed is in the report and in the events. What could
 * be done and is not known to be done is looked at before it is done again. Each may be interrupted and called again.
 * They reject only before anything is read or sent, with `invalid_options` or `factory_unresolvable`, for a run that the
 * ledger does not know `run_unknown`, for one that somebody works on `run_held`, with `ledger_failed`, `ledger_too_new`
 * and what is said of each.
 */
export interface ImpersonationRunner {
  /**
   * Asks the factories for a fresh appointment for each mailbox and saves it there. A placement whose outcome is unknown
   * rests for `settleMs` while the run goes on, and is then looked up: found, it is done; not found, it is placed again.
   * @throws AppointedError of a run that the ledger knows `run_mismatch`, `factory_changed`, `audience_incomplete`,
   * `run_unfinished`, `run_retracted`
   */
  run(options: RunOptions): Promise<RunReport>;
  /** Continues a run that the ledger knows: {@link run} with its id. */
  resume(runId: string, options: Omit<RunOptions, 'id'>): Promise<RunReport>;
  /**
   * Changes what a run has placed to what the factories say now: the fields that differ, and no others. A field that
   * somebody has changed meanwhile is left alone (`changed_by_owner`), and so is an item that its owner has deleted
   * (`removed_by_owner`).
   * @throws AppointedError `run_mismatch` for a slot that the run has not, `run_retracted`
   */
  revise(runId: string, options: ReviseOptions): Promise<RunReport>;
  /**
   * Removes what a run has placed, wherever its owners have moved it, and closes the run's id. Copies that people made
   * are left; what is deleted already is done. Removed items go to Deleted Items.
   * @throws AppointedError `run_mismatch` for a slot that the run has not
   */
  retract(runId: string, options?: RetractOptions): Promise<RunReport>;
  /**
   * Brings a run in line with a list that has changed: newcomers get it, leavers lose it if that is asked, the others are
   * left untouched.
   * @throws AppointedError as {@link run}
   */
  reconcile(runId: string, options: ReconcileOptions): Promise<RunReport>;
  /**
   * Finds out what a new {@link run} with these options would do, and what would fail. Nothing is written, neither on the
   * server nor in the ledger. Every factory is asked for every mailbox, and the server about each
   * mailbox: is it one, may it be acted for, do two rows mean the same person, can the transport do what is asked. Give
   * the plan's `hash` to {@link run} as `plan`, and it refuses to do anything else. Memory: some counters for each mailbox
   * and each recipient, 25 bytes or so.
   * @throws AppointedError what has stopped it before its end, for there is no plan then: `aborted`, `time_is_up`,
   * `mailboxes_failed`, and what would fail everybody, such as `sign_in_failed`
   */
  preflight(options: PreflightOptions): Promise<Plan>;
  /** Compares what the ledger says of a run with the server; removes double items if that is asked. */
  verify(runId: string, options?: VerifyOptions): Promise<VerifyReport>;
  on<E extends EventName>(event: E, listener: Listener<E>): this;
  once<E extends EventName>(event: E, listener: Listener<E>): this;
  off<E extends EventName>(event: E, listener: Listener<E>): this;
  /** Closes the transport. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}
