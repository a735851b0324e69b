import type { AppointedError } from '../error/appointed-error.js';

/** Whom a rejection concerns: one placement, everything for that mailbox, or everybody in the run. */
export type RejectionScope = 'placement' | 'mailbox' | 'run';

/**
 * How a request ended, for whatever the network did.
 * - `done`: certainly done.
 * - `rejected`: certainly not done, and repeating it is useless, except as `again` says, once.
 * - `deferred`: certainly not done; later it may be. `pause` says which lane must be quiet for how long.
 * - `unknown`: it may have been done. Never repeated without looking first.
 */
export type Outcome<T> =
  | { readonly kind: 'done'; readonly value: T }
  | {
      readonly kind: 'rejected';
      readonly error: AppointedError;
      readonly scope: RejectionScope;
      readonly again?: { readonly primaryAddress: string } | { readonly afterMs: number };
    }
  | {
      readonly kind: 'deferred';
      readonly error: AppointedError;
      readonly pause?: { readonly lane: string; readonly ms: number };
    }
  | { readonly kind: 'unknown'; readonly error: AppointedError };

/** An outcome that is not `done`. */
export type Failure = Exclude<Outcome<never>, { kind: 'done' }>;
