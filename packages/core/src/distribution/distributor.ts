import type { AppointedError } from '../error/appointed-error.js';
import type { EventName, LifecycleEvents } from '../events/lifecycle-events.js';
import type { WorkOrder } from './work-order.js';
import type { WorkReport } from './work-report.js';

/** Receives an event that a worker has had. It does not throw. */
export type WorkEventListener = <E extends EventName>(event: E, payload: LifecycleEvents[E]) => void;

/**
 * Has others work on the placements of runs. A runner that is given one (token `DISTRIBUTOR`) reads the list, enrols it in
 * the ledger and decides when a run is over; whoever gets a {@link WorkOrder} claims placements from the same ledger, by
 * `createRunWorker`. It need not be reliable: the ledger knows what is still to be done.
 */
export interface Distributor {
  /** A call begins to work on a run. */
  begin(runId: string, call: DistributedCall): Promise<Distribution>;
}

/** The call whose work is distributed. */
export interface DistributedCall {
  /** Told what workers tell, as far as that arrives. */
  readonly onEvent: WorkEventListener;
  /** Somebody elsewhere wants it to stop: what is under way ends. */
  stop(reason: AppointedError): void;
}

/** The distribution of one call's work. */
export interface Distribution {
  /**
   * Has somebody work on some placements of the run.
   * @returns what came of it; undefined, when that is not known: the worker has died, or the order was lost
   */
  handOut(order: WorkOrder): Promise<WorkReport | undefined>;
  /** Those who work on it begin nothing more; with `atOnce` they give up what is under way. */
  stop(reason: AppointedError, atOnce: boolean): void;
  /** Nothing more is handed out; orders that nobody has begun are withdrawn. */
  end(): Promise<void>;
}
