import type { AppointedError } from '../error/appointed-error.js';
import type { Mailbox } from '../mailbox/mailbox.js';
import type { SendMode } from '../placement/send-mode.js';
import type { AppointmentField } from '../appointment/appointment.js';
import type { PaceChange } from '../pacer/pace-change.js';
import type { PlanFinding } from '../preflight/plan.js';
import type { RunReport } from '../run/run-report.js';
import type { Finding } from '../run/verify-report.js';
import type { Receipt } from '../transport/appointment-transport.js';
import type { RejectionScope } from '../transport/outcome.js';
import type { VerbName } from '../verbs/verb.js';

/** One slot's appointment for one mailbox in one run. */
export interface Placement {
  readonly runId: string;
  /** The mailbox's row in the list, counted from 1. */
  readonly row: number;
  readonly mailbox: Mailbox;
  readonly slot: string;
  readonly key: string;
}

/** A placement that a transport was asked to save. */
export interface SentPlacement extends Placement {
  readonly subject: string;
  readonly sendMode: SendMode;
}

/**
 * The lifecycle events of a runner, by name. Listeners are told and not awaited; an exception or a rejected promise of
 * theirs is reported as {@link LifecycleEvents.listenerFailed} and disturbs nobody.
 */
export interface LifecycleEvents {
  /** The options are valid, and the first mailbox is about to be read. */
  runStarted: {
    readonly runId: string;
    readonly verb: VerbName;
    /** The run's first start. */
    readonly startedAt: Date;
    readonly slots: readonly string[];
    /** The ledger knew the run. */
    readonly isContinued: boolean;
    /** Nothing is written: what the events say is what would be. */
    readonly isDryRun: boolean;
  };
  /**
   * A row of the list is no mailbox (`invalid_mailbox`), stood in it before (`duplicate_mailbox`) or is to be left alone
   * (`excluded`); it is skipped.
   */
  rowSkipped: { readonly runId: string; readonly row: number; readonly error: AppointedError };
  /** A placement's turn has come; its factory is asked next. */
  placementStarted: Placement;
  /** Saved: the server said so. */
  placementSaved: SentPlacement & { readonly receipt: Receipt };
  /** Looked up on the server, and found saved: by this run before its answer was lost, or by somebody with its id. */
  placementFound: Placement & { readonly receipt: Receipt };
  /** Changed on the server: these fields. None, when it was as wanted already. */
  placementUpdated: Placement & {
    readonly subject: string;
    readonly fields: readonly AppointmentField[];
    readonly receipt: Receipt;
  };
  /**
   * Removed from the server: so many items (none, when it was gone already, or never there). Copies that people made are
   * left.
   */
  placementRemoved: Placement & { readonly items: number; readonly copies: number };
  /** Passed over because of a rule; the error says which. */
  placementSkipped: Placement & { readonly error: AppointedError };
  /** A comparison with the server has found that a placement is not as the ledger says. */
  differenceFound: Placement & { readonly finding: Finding };
  /** More than one item of a placement was found: somebody is booked twice. */
  duplicatesFound: Placement & { readonly receipts: readonly Receipt[] };
  /** Certainly not saved, and repeating it is useless: bad content, or the server said no. */
  placementRejected: Placement & { readonly error: AppointedError; readonly scope: RejectionScope };
  /** Certainly not saved; tried again at `retryAt`, or not any more where that is absent. */
  placementDeferred: Placement & { readonly error: AppointedError; readonly retryAt?: Date };
  /** It may have been saved: the answer was lost. Looked up at `retryAt`, or not any more where that is absent. */
  placementUnknown: Placement & { readonly error: AppointedError; readonly retryAt?: Date };
  /** All is settled, or the run was stopped. */
  runEnded: RunReport;
  /** A preflight has found something that a person should know before the run begins. */
  findingMade: { readonly runId: string; readonly finding: PlanFinding };
  /**
   * The pacer has decided how many requests may be in flight on a lane from now on, and why; of all that use the pacer,
   * not of one run. Not told while a window climbs back, one by one, nor once the runner is closed.
   */
  paceChanged: PaceChange;
  /** A listener threw or rejected. */
  listenerFailed: { readonly event: EventName; readonly error: unknown };
}

/** The name of a lifecycle event. */
export type EventName = keyof LifecycleEvents;

/** Receives the payload of one event. What it returns is not awaited. */
export type Listener<E extends EventName> = (payload: LifecycleEvents[E]) => unknown;
