import type { VerbName } from '../verbs/verb.js';
import type { AppointedError } from '../error/appointed-error.js';

/** How many of each. Rows and placements that were passed over are `skipped`; each placement is one of the others, too. */
export interface RunCounts {
  /** Rows read from the list. */
  readonly rows: number;
  /**
   * Rows that are no mailbox, stood in the list before or are excluded, and placements that were left alone because of a
   * rule: the list of exclusions, `unlessExists`, a factory that makes nothing for a mailbox, what a person has changed or
   * deleted. An excluded row whose placement
   * an earlier call has left open is both.
   */
  readonly skipped: number;
  /** Placements that were settled before this call continued the run. Not among the others. */
  readonly already: number;
  /** Placed, revised or removed, as the verb is; or found so. */
  readonly done: number;
  readonly rejected: number;
  readonly deferred: number;
  readonly unknown: number;
  /** Items found on the server beyond the one for a placement: somebody was booked twice. */
  readonly duplicates: number;
}

/** A row or a placement that did not end well. One for which nothing was wanted (`not_wanted`) is none. */
export interface RunFailure {
  readonly row: number;
  /** Absent where the row is no mailbox. */
  readonly mailbox?: string;
  readonly slot?: string;
  readonly kind: 'skipped' | 'rejected' | 'deferred' | 'unknown';
  readonly error: AppointedError;
}

/** What a run came to. */
export interface RunReport {
  readonly runId: string;
  readonly verb: VerbName;
  /** Nothing was written. */
  readonly isDryRun: boolean;
  /** Name of the transport. */
  readonly transport: string;
  readonly startedAt: Date;
  readonly endedAt: Date;
  readonly counts: RunCounts;
  /** The first 100; all are told by the events. */
  readonly failures: readonly RunFailure[];
  /** Why the run ended before the list did; absent when all mailboxes had their turn. */
  readonly stopped?: AppointedError;
}
