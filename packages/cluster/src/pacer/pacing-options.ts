import { AppointedError } from '@appointed/core';
import type { SharedPacerOptions } from './shared-pacer.js';

/** Microsoft's advice for EWS. */
const ADVISED = 10;
const MOST_IN_FLIGHT = 10_000;

/** How many requests may be in flight. */
export interface PacingOptions {
  /** In this process, at most. By default 10. */
  readonly maxInFlight?: number;
  /**
   * Over all processes of the cluster, at most; all must say the same. By default 10, which Microsoft advises for EWS;
   * raise it knowingly. `Infinity`: as many as all of them may have, without asking each other.
   */
  readonly maxInFlightOverall?: number;
}

/** @throws AppointedError `invalid_options` */
export function readPacing({ maxInFlight = ADVISED, maxInFlightOverall = ADVISED }: PacingOptions): SharedPacerOptions {
  if (!isCount(maxInFlight)) throw refuse('maxInFlight', `is not a whole number from 1 to ${MOST_IN_FLIGHT}`);
  if (maxInFlightOverall !== Number.POSITIVE_INFINITY && !isCount(maxInFlightOverall)) {
    throw refuse('maxInFlightOverall', `is neither a whole number from 1 to ${MOST_IN_FLIGHT} nor Infinity`);
  }
  return { maxInFlight, maxInFlightOverall };
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= MOST_IN_FLIGHT;
}

function refuse(field: string, complaint: string): AppointedError {
  return new AppointedError('invalid_options', `${field} ${complaint}`, { field });
}
