import type { AppointedError, LifecycleEvents, Placement } from '@appointed/core';

/** How each event ends a placement's turn: the values of the attribute `appointed.outcome`. */
export const OUTCOMES = {
  placementSaved: 'saved',
  placementFound: 'found',
  placementUpdated: 'updated',
  placementRemoved: 'removed',
  placementSkipped: 'skipped',
  placementRejected: 'rejected',
  placementDeferred: 'deferred',
  placementUnknown: 'unknown',
} as const;

/** An event that ends a placement's turn. */
export type EndingEvent = keyof typeof OUTCOMES;
/** `held` is said of what had its turn and was held back: until the list has ended, or for another run. */
type OutcomeName = (typeof OUTCOMES)[EndingEvent] | 'held';

/** What became of a placement. */
export interface Ended {
  readonly placement: Placement;
  readonly outcome: OutcomeName;
  readonly error?: AppointedError;
}

export function endedBy<E extends EndingEvent>(event: E, payload: LifecycleEvents[E]): Ended {
  const outcome = OUTCOMES[event];
  return 'error' in payload ? { placement: payload, outcome, error: payload.error } : { placement: payload, outcome };
}
