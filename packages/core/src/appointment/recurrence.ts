/** The days of the week, in their order. */
export const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;
/** One of {@link WEEKDAYS}. */
export type Weekday = (typeof WEEKDAYS)[number];

/** What relative patterns count: a day of the week, any day, a working day (Monday to Friday), a day of the weekend. */
export const RELATIVE_DAYS: readonly [...typeof WEEKDAYS, 'day', 'weekday', 'weekendDay'] = [
  ...WEEKDAYS,
  'day',
  'weekday',
  'weekendDay',
];
/** One of {@link RELATIVE_DAYS}. */
export type RelativeDay = (typeof RELATIVE_DAYS)[number];

/** Which of them in the month. */
export const DAY_INDEXES = ['first', 'second', 'third', 'fourth', 'last'] as const;
/** One of {@link DAY_INDEXES}. */
export type DayIndex = (typeof DAY_INDEXES)[number];

/** The kinds of pattern, in the words of Exchange and Outlook. */
export const PATTERNS = [
  'daily',
  'weekly',
  'absoluteMonthly',
  'relativeMonthly',
  'absoluteYearly',
  'relativeYearly',
] as const;

/** On which days an appointment recurs. `interval`: every so many days (1 to 999), weeks or months (1 to 99). */
export type RecurrencePattern =
  | { readonly pattern: 'daily'; readonly interval: number }
  | {
      readonly pattern: 'weekly';
      readonly interval: number;
      readonly daysOfWeek: readonly Weekday[];
      /** Where a week begins; makes a difference for an interval of 2 and more. */
      readonly firstDayOfWeek: Weekday;
    }
  /** 1 to 31; in a shorter month its last day. */
  | { readonly pattern: 'absoluteMonthly'; readonly interval: number; readonly dayOfMonth: number }
  | {
      readonly pattern: 'relativeMonthly';
      readonly interval: number;
      readonly index: DayIndex;
      readonly dayOfWeek: RelativeDay;
    }
  /** Every year; months are 1 to 12. */
  | { readonly pattern: 'absoluteYearly'; readonly month: number; readonly dayOfMonth: number }
  | {
      readonly pattern: 'relativeYearly';
      readonly month: number;
      readonly index: DayIndex;
      readonly dayOfWeek: RelativeDay;
    };

/** How long it recurs: to a last day, so many times, or (with neither) without end. */
export type RecurrenceRange =
  | { readonly endDate?: never; readonly numberOfOccurrences?: never }
  /** `YYYY-MM-DD` in the start's zone: no occurrence starts after that day. */
  | { readonly endDate: string; readonly numberOfOccurrences?: never }
  /** 1 to 999, the first one included. */
  | { readonly numberOfOccurrences: number; readonly endDate?: never };

/**
 * How an appointment recurs, from its start on: on the same wall time in the zone of its start, whatever the clocks do in
 * between. EWS element Recurrence, Graph resource patternedRecurrence.
 */
export type Recurrence = RecurrencePattern & RecurrenceRange;

type Defaulted<P> = P extends { readonly interval: number }
  ? Omit<P, 'interval' | 'firstDayOfWeek'> & {
      /** By default 1. */
      readonly interval?: number;
    } & (P extends { readonly firstDayOfWeek: Weekday }
        ? {
            /** By default Monday, as in RFC 5545. */
            readonly firstDayOfWeek?: Weekday;
          }
        : unknown)
  : P;

/** A recurrence as a caller gives it. The start of the appointment is its first occurrence. */
export type RecurrenceInput = Defaulted<RecurrencePattern> & RecurrenceRange;
