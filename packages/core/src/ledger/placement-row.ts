import type { ErrorCode } from '../error/error-code.js';
import type { FieldDigests } from '../appointment/field-digests.js';
import type { Mailbox } from '../mailbox/mailbox.js';
import type { Receipt } from '../transport/appointment-transport.js';

/**
 * Where a placement stands.
 * - `waiting`: enrolled, and nothing was sent for it.
 * - `claimed`: somebody works on it, and may have sent it.
 * - `deferred`, `unknown`, `rejected`, `done`: its last outcome.
 * - `removed`: it was placed, and it is there no more.
 */
export const PLACEMENT_STATES = ['waiting', 'claimed', 'deferred', 'unknown', 'rejected', 'done', 'removed'] as const;
/** One of {@link PLACEMENT_STATES}. */
export type PlacementState = (typeof PLACEMENT_STATES)[number];

/** What is wanted of a placement: that it is there, that it is as the factory now says, that it is gone. */
export const TASKS = ['place', 'update', 'remove'] as const;
/** One of {@link TASKS}. */
export type Task = (typeof TASKS)[number];

/** Which placement: what is known of it before anything was tried. */
export interface Enrolment {
  readonly key: string;
  /** The mailbox's row in the list, counted from 1. */
  readonly row: number;
  readonly mailbox: Mailbox;
  readonly slot: string;
  /** By default `place`. */
  readonly task?: Task;
}

/** Why a placement failed, as far as it is kept. */
export interface RecordedError {
  readonly code: ErrorCode;
  /** At most 500 characters. */
  readonly message: string;
  /** The server's own code. */
  readonly serverCode?: string;
}

/** A placement as the ledger remembers it. Of its content only what identifies the saved item is kept. */
export interface PlacementRow extends Enrolment {
  readonly task: Task;
  readonly state: PlacementState;
  /** How many times its task was sent, or may have been. */
  readonly attempts: number;
  /**
   * Milliseconds since the epoch: not to be claimed before. Absent when nothing more is to be done in this run unless
   * somebody asks for it.
   */
  readonly dueAt?: number;
  /** When it was last claimed: the intent, before anything was sent. Milliseconds since the epoch. */
  readonly claimedAt?: number;
  /** Of the saved item. Present as long as it is there, as far as the ledger knows. */
  readonly receipt?: Receipt;
  /** What was written into each field, as digests: a field that somebody has changed since has another one. */
  readonly written?: FieldDigests;
  readonly error?: RecordedError;
}
