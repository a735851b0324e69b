import type { Temporal } from 'temporal-polyfill';

/** One time that something takes place, in wall time of the zone that is shown. */
export interface Occurrence {
  readonly title: string;
  /** Empty where there is none. */
  readonly place: string;
  /** Are people invited? */
  readonly isMeeting: boolean;
  readonly isAllDay: boolean;
  readonly start: Temporal.PlainDateTime;
  /** Of all day: the midnight after its last day. */
  readonly end: Temporal.PlainDateTime;
}
