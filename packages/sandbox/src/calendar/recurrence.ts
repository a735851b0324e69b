export type Day = 'Sunday' | 'Monday' | 'Tuesday' | 'Wednesday' | 'Thursday' | 'Friday' | 'Saturday';
/** A day of the week or a group of them, as relative patterns have it: "the last weekday". */
export type DayOrGroup = Day | 'Day' | 'Weekday' | 'WeekendDay';
export type DayIndex = 'First' | 'Second' | 'Third' | 'Fourth' | 'Last';

export type Pattern =
  | { readonly kind: 'daily'; readonly interval: number }
  | { readonly kind: 'weekly'; readonly interval: number; readonly days: readonly DayOrGroup[]; readonly firstDay: Day }
  | { readonly kind: 'absoluteMonthly'; readonly interval: number; readonly dayOfMonth: number }
  | { readonly kind: 'relativeMonthly'; readonly interval: number; readonly day: DayOrGroup; readonly index: DayIndex }
  | { readonly kind: 'absoluteYearly'; readonly dayOfMonth: number; readonly month: number }
  | { readonly kind: 'relativeYearly'; readonly day: DayOrGroup; readonly index: DayIndex; readonly month: number };

/** Dates are `yyyy-mm-dd`, in the series' own zone. */
export type Range =
  | { readonly kind: 'noEnd'; readonly start: string }
  | { readonly kind: 'endDate'; readonly start: string; readonly end: string }
  | { readonly kind: 'numbered'; readonly start: string; readonly count: number };

export interface Recurrence {
  readonly pattern: Pattern;
  readonly range: Range;
}
