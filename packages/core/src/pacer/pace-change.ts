/**
 * Why a lane's limit changed.
 * - `grew`: all went well, and more may be tried.
 * - `busy`: requests were refused because the server has too much to do.
 * - `failed`: answers were lost, or did not say what was done.
 * - `slow`: more in flight took longer and brought nothing.
 * - `recovered`: back at what went well before it was lowered.
 * - `quiet`: nothing is sent for `quietMs`.
 */
export type PaceReason = 'grew' | 'busy' | 'failed' | 'slow' | 'recovered' | 'quiet';

/** A pacer's decision about one lane. */
export interface PaceChange {
  /** The lane's id. */
  readonly lane: string;
  /** The most requests in flight on the lane from now on; 0 while it is quiet. */
  readonly limit: number;
  readonly reason: PaceReason;
  /** Milliseconds, of `quiet`. */
  readonly quietMs?: number;
}

/** Receives a pacer's decisions. */
export type PaceListener = (change: PaceChange) => void;
