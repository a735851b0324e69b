import type { ErrorCode } from '../error/error-code.js';

/**
 * What a preflight has found out: what a run with these options would do, and what would go wrong. Plain data, which
 * survives JSON.
 */
export interface Plan {
  /**
   * Names exactly this: `run({ id: plan.runId, plan: plan.hash })` refuses to do anything else. `1-`, {@link startedAt} in
   * milliseconds to the base 36, `-`, and in hexadecimal the SHA-256 over every accepted row's mailbox and, slot by slot,
   * its appointment and send mode (of a native appointment: subject and number of attendees; of a factory that failed:
   * the error's code and field).
   */
  readonly hash: string;
  /** The id that the factories were told: the caller's, or a new one. Not part of the hash. */
  readonly runId: string;
  /** From when the factories counted, and will count in the run: ISO 8601, UTC. */
  readonly startedAt: string;
  /** Name of the transport. */
  readonly transport: string;
  readonly counts: PlanCounts;
  /** Who would get the most invitations, the most first: at most ten. */
  readonly topRecipients: readonly PlanRecipient[];
  /** The first 100, of one code at most 20, in the order of the list; all are told by the event `findingMade`. */
  readonly findings: readonly PlanFinding[];
  /** How many findings there are of each code. */
  readonly findingCounts: Readonly<Partial<Record<ErrorCode, number>>>;
}

/** How many of each. */
export interface PlanCounts {
  /** Rows of the list. */
  readonly rows: number;
  /** Rows that are a mailbox, are not excluded and stood not in the list before. */
  readonly mailboxes: number;
  /** Appointments that could be made; those of mailboxes that may not be acted for among them. */
  readonly placements: number;
  /** Placements with attendees. */
  readonly meetings: number;
  /** Invitations that would be mailed. */
  readonly invitations: number;
  /** Different addresses that would get one. Those of native appointments are not known. */
  readonly recipients: number;
  /** Findings, by severity. */
  readonly errors: number;
  readonly warnings: number;
}

/** Somebody who would be invited. */
export interface PlanRecipient {
  readonly address: string;
  readonly invitations: number;
}

/** Something that a person should know before the run begins. */
export interface PlanFinding {
  /** `error`: it would fail, or somebody would be booked twice. `warning`: it would be done; look whether it is meant. */
  readonly severity: 'error' | 'warning';
  readonly code: ErrorCode;
  readonly message: string;
  /** The mailbox's row in the list, counted from 1. Absent where it concerns the whole run. */
  readonly row?: number;
  readonly mailbox?: string;
  readonly slot?: string;
  /** The field of the appointment or of the options. */
  readonly field?: string;
  /** What to do about it. */
  readonly hint?: string;
  /** The server's own code. */
  readonly serverCode?: string;
}
