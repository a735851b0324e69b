import type { Zone } from './zone.js';

/**
 * A moment as a caller gives it: a `Date` (an instant, shown in UTC), or a wall time in a zone.
 * `dateTime` is `YYYY-MM-DDTHH:MM[:SS]` without offset; `timeZone` an IANA (`Europe/Berlin`) or Windows name
 * (`W. Europe Standard Time`). Fractions of a second are cut off: calendars have none.
 */
export type MomentInput = Date | { readonly dateTime: string; readonly timeZone: string };

/** A moment as transports see it: the same point in time three ways, so that none of them has to convert. */
export interface Moment {
  /** Milliseconds since 1970-01-01T00:00:00Z; whole seconds. */
  readonly epochMs: number;
  /** Wall time in the zone: `2027-01-15T09:00:00`. */
  readonly dateTime: string;
  /** The zone's offset at that time: `+01:00`, or `Z` for UTC. */
  readonly offset: string;
  readonly zone: Zone;
}
