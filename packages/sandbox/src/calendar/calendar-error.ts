/** Why the calendar refuses something, in words of no protocol. */
export type CalendarRefusal =
  | 'end before start'
  | 'too long'
  | 'out of range'
  | 'invalid recurrence'
  | 'invalid weekday'
  | 'no occurrence'
  | 'occurrences overlap'
  | 'series too long'
  | 'not a calendar'
  | 'occurrence deleted';

export class CalendarError extends Error {
  constructor(
    readonly refusal: CalendarRefusal,
    message: string,
  ) {
    super(message);
    this.name = 'CalendarError';
  }
}
