import type { AppointedError } from '../error/appointed-error.js';
import type { HeldBack } from '../guards/invitation-guard.js';

/** What came of a {@link WorkOrder}. What became of each placement is in the ledger. */
export interface WorkReport {
  /** How many placements were claimed that nothing was sent for before. */
  readonly taken: number;
  /** How many have ended, and how many of them were rejected. */
  readonly ended: number;
  readonly rejected: number;
  /** Items found beyond the one for a placement. */
  readonly duplicates: number;
  /** What is kept back until it is known how many invitations there are. */
  readonly heldBack: readonly HeldBack[];
  /** What concerns the whole run: nothing more of it should be begun. */
  readonly stopped?: AppointedError;
}
