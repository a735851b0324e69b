import { LanePacer } from './lane-pacer.js';
import type { Pacer } from './pacer.js';

/**
 * A plain cap: never more than `maxInFlight` requests at once, never more on a lane than the lane says, and none on a
 * lane for as long as the server asked for quiet there.
 * @param maxInFlight at least 1
 */
export function fixedPacer(maxInFlight: number): Pacer {
  return new LanePacer(maxInFlight, false);
}
