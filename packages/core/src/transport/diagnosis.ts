import type { Mailbox } from '../mailbox/mailbox.js';

/**
 * How a finding is meant.
 * - `ok`: as it should be.
 * - `warning`: runs work, and somebody should know.
 * - `problem`: runs would fail, for everybody or for the subject.
 * - `skipped`: could not be found out; the advice says what it takes.
 */
export type DiagnosisLevel = 'ok' | 'warning' | 'problem' | 'skipped';

/** One finding about a server, the way to it, or a mailbox. */
export interface Diagnosis {
  /** Stable, and the transport's own: programs match on it. */
  readonly code: string;
  readonly level: DiagnosisLevel;
  /** What it is about: the mailbox, as it was given; else the server or the account. */
  readonly subject: string;
  /** What was found, in a sentence that follows the subject. Nothing secret. */
  readonly message: string;
  /** What to do about it. */
  readonly advice?: string;
  /** Lines for whoever runs the server to paste into its shell, in their order. */
  readonly commands?: readonly string[];
}

/** What a transport is asked to examine. */
export interface DiagnosisRequest {
  /** Some of those that runs will be for. Each is asked about by itself, so that they should be few; may be empty. */
  readonly mailboxes: readonly Mailbox[];
  /** A mailbox that must not be acted for: one outside of the account's rights. */
  readonly denied?: Mailbox;
  /** When it is aborted, nothing more is asked, and no more findings come. */
  readonly signal: AbortSignal;
  /** How long one request may take, in milliseconds. */
  readonly timeoutMs: number;
}
