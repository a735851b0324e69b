import type { AppointedError } from '../error/appointed-error.js';

/**
 * What is not as the ledger says:
 * - `missing`: the ledger says that it is there, and nobody has deleted it where that can be seen.
 * - `deleted`: its owner has deleted it, which is the owner's right.
 * - `double`: there are several.
 * - `foreign`: it is there, and the ledger says that it is not: it arrived late, or came from elsewhere.
 * - `unread`: the mailbox could not be asked.
 */
export type FindingKind = 'missing' | 'deleted' | 'double' | 'foreign' | 'unread';

/** One placement that is not as the ledger says. */
export interface Finding {
  readonly row: number;
  readonly mailbox: string;
  readonly slot: string;
  readonly kind: FindingKind;
  /** Of a `double` one: how many items were there too many, and how many of them were removed. */
  readonly tooMany?: number;
  readonly removed?: number;
  /** Why it could not be asked, or not repaired. */
  readonly error?: AppointedError;
}

/** What a comparison came to. */
export interface VerifyReport {
  readonly runId: string;
  /** Of the placements that were compared. */
  readonly counts: { readonly placements: number; readonly right: number } & Readonly<Record<FindingKind, number>>;
  /** The first 100; all are told by the events. */
  readonly findings: readonly Finding[];
  /** Why it ended before all were compared. */
  readonly stopped?: AppointedError;
}
