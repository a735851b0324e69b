import type { Zone } from './zone.js';

/** In the place of a zone's name: the zone that the owner of the mailbox has chosen. */
export const MAILBOX_ZONE = 'mailbox';

/**
 * A moment as a caller gives it: a `Date` (an instant, shown in UTC), a wall time in a zone, or a
 * `Temporal.ZonedDateTime` (of the runtime or of a polyfill). Fractions of a second are cut off: calendars have none.
 */
export type MomentInput = Date | WallTimeInput | ZonedDateTimeInput;

/** What clocks show in some zone. */
export interface WallTimeInput {
  /** `YYYY-MM-DDTHH:MM[:SS]`, without offset. */
  readonly dateTime: string;
  /**
   * An IANA (`Europe/Berlin`) or Windows name (`W. Europe Standard Time`), or `mailbox`: the zone that the mailbox's owner
   * has chosen, which the transport looks up.
   */
  readonly timeZone: string;
  /**
   * With `mailbox`: the zone for a mailbox that has none yet, because nobody has opened it. Required, here or as the run's
   * `fallbackTimeZone`.
   */
  readonly fallback?: string;
}

/** A whole day, of an appointment that takes all day: this, or a `Temporal.PlainDate`. */
export type DateInput = CalendarDateInput | PlainDateInput;

/** A date in some zone. */
export interface CalendarDateInput {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** As in {@link WallTimeInput}; by default `mailbox`, and of an end the start's. */
  readonly timeZone?: string;
  /** As in {@link WallTimeInput}. */
  readonly fallback?: string;
}

/** What is used of a Temporal.ZonedDateTime. */
export interface ZonedDateTimeInput {
  readonly [Symbol.toStringTag]: 'Temporal.ZonedDateTime';
  readonly epochMilliseconds: number;
  readonly timeZoneId: string;
}

/** What is used of a Temporal.PlainDate. */
export interface PlainDateInput {
  readonly [Symbol.toStringTag]: 'Temporal.PlainDate';
  toString(): string;
}

/** A moment as transports see it: the same point in time three ways, so that none of them has to convert. */
export interface Moment {
  /** Milliseconds since 1970-01-01T00:00:00Z; whole seconds. */
  readonly epochMs: number;
  /** Wall time in the zone: `2027-01-15T09:00:00`. */
  readonly dateTime: string;
  /** The zone's offset at that time: `+01:00`, or `Z` for UTC. */
  readonly offset: string;
  readonly zone: Zone;
  /**
   * The wall time that is meant in the mailbox's own zone; all the rest is for the fallback zone. Core looks the zone up
   * before it saves: transports never see such a moment.
   */
  readonly floating?: string;
}
