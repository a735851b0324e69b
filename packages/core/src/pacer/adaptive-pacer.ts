import { checkOptions } from '../run/known-options.js';
import { refuse } from '../run/refuse.js';
import { LanePacer } from './lane-pacer.js';
import type { Pacer } from './pacer.js';

const DEFAULT_MAX_IN_FLIGHT = 10;

/** What an adaptive pacer is told. */
export interface AdaptivePacerOptions {
  /** The most requests in flight, whatever the server would bear. By default 10, which Microsoft advises for EWS. */
  readonly maxInFlight?: number;
}

/**
 * Finds the server's limit by itself, lane by lane, for lanes that are `shared`: begins with two requests in flight, doubles
 * while all goes well and more in flight gets more done, halves when several are refused, climbs back to just below where
 * that was, and tries one more now and then. Besides that as {@link fixedPacer}. When several mailboxes were told to wait,
 * their shared lane is quiet too; after a quiet time it begins with two again.
 * @throws AppointedError `invalid_options`
 */
export function adaptivePacer(options: AdaptivePacerOptions = {}): Pacer {
  checkOptions(options, ['maxInFlight']);
  const { maxInFlight = DEFAULT_MAX_IN_FLIGHT } = options;
  if (!Number.isInteger(maxInFlight) || maxInFlight < 1) throw refuse('maxInFlight', 'is not a whole number from 1 on');
  return new LanePacer(maxInFlight, true);
}
