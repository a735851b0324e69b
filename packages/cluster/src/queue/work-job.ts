import type { EventName, LifecycleEvents } from '@appointed/core';

/** What a job in the queue says. */
export interface WorkJob {
  readonly runId: string;
  /** The call of a verb that it belongs to: whoever stops the call names it. */
  readonly call: string;
  /** The order, encoded. */
  readonly order: string;
}

/** An event on its way to the one who has given the order. */
export type TravellingEvent = { readonly [E in EventName]: readonly [E, LifecycleEvents[E]] }[EventName];

/** What a job tells while it is worked on. */
export interface WorkProgress {
  /** {@link TravellingEvent}s, encoded. */
  readonly events: string;
}
