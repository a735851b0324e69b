import type { AppointedError } from '../error/appointed-error.js';
import type { Mailbox } from '../mailbox/mailbox.js';
import type { SendMode } from '../placement/send-mode.js';
import type { RunReport } from '../run/run-report.js';
import type { Receipt } from '../transport/appointment-transport.js';
import type { RejectionScope } from '../transport/outcome.js';

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
  runStarted: { readonly runId: string; readonly startedAt: Date; readonly slots: readonly string[] };
  /** A row of the list is no mailbox (`invalid_mailbox`) or stood in it before (`duplicate_mailbox`); it is skipped. */
  rowSkipped: { readonly runId: string; readonly row: number; readonly error: AppointedError };
  /** A mailbox's turn has come; its factory is asked next. */
  placementStarted: Placement;
  /** Saved: the server said so. */
  placementSaved: SentPlacement & { readonly receipt: Receipt };
  /** Certainly not saved, and repeating it is useless: bad content, or the server said no. */
  placementRejected: Placement & { readonly error: AppointedError; readonly scope: RejectionScope };
  /** Certainly not saved; it may be later. */
  placementDeferred: Placement & { readonly error: AppointedError };
  /** It may have been saved: the answer was lost. It is not repeated. */
  placementUnknown: Placement & { readonly error: AppointedError };
  /** All is settled, or the run was stopped. */
  runEnded: RunReport;
  /** A listener threw or rejected. */
  listenerFailed: { readonly event: EventName; readonly error: unknown };
}

/** The name of a lifecycle event. */
export type EventName = keyof LifecycleEvents;

/** Receives the payload of one event. What it returns is not awaited. */
export type Listener<E extends EventName> = (payload: LifecycleEvents[E]) => unknown;
