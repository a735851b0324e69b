import type { PaceListener } from './pace-change.js';

/** What a server throttles together: an identity, a host, a mailbox. */
export interface Lane {
  /** Stable and unique within a run: `ews:mailbox:alfred@contoso.com`. */
  readonly id: string;
  /** The most requests in flight on this lane. */
  readonly maxInFlight?: number;
  /** The requests for many mailboxes travel it: how many at once the server bears is found out. By default false. */
  readonly shared?: boolean;
  /** How many requests may be sent on it in how much time. By default as many as one likes. */
  readonly budget?: Budget;
}

/** So many requests in so much time: never more in any stretch of `perMs` milliseconds, and at most a tenth of them at once. */
export interface Budget {
  /** A whole number, at least 1. */
  readonly requests: number;
  /** Milliseconds. */
  readonly perMs: number;
}

/** How a request went, told to the pacer when its permit is given back. */
export interface Feedback {
  /** From sending to the end of the response, in milliseconds. */
  readonly latencyMs: number;
  /**
   * - `well`: the server did what it was asked, or said why it never will.
   * - `busy`: the server refused it because it has too much to do.
   * - `failed`: there was no answer, or none that says what was done.
   *
   * Absent, when nothing was sent, or it was given up: then nothing is learnt from it.
   */
  readonly went?: 'well' | 'busy' | 'failed';
  /** The server asked for less. `lane` must be quiet for `ms`. */
  readonly pause?: { readonly lane: string; readonly ms: number };
}

/** Leave to send one request. Give it back once. */
export interface Permit {
  release(feedback: Feedback): void;
}

/**
 * Decides, lane by lane, how many requests may be in flight and when to wait. One that several runners are given is
 * shared by them.
 */
export interface Pacer {
  /**
   * Resolves when a request on all these lanes may be sent.
   * @param timeoutMs how long the request may take then, in milliseconds
   * @throws the signal's reason when it is aborted first
   */
  acquire(lanes: readonly Lane[], signal: AbortSignal, timeoutMs?: number): Promise<Permit>;
  /**
   * Tells a listener, which must not throw, of each decision from now on. Absent where a pacer decides nothing.
   * @returns ends it
   */
  listen?(listener: PaceListener): () => void;
  /** Another process was told to leave a lane quiet, for so many milliseconds. Absent where a pacer knows no quiet. */
  quiet?(lane: string, ms: number): void;
}
