import type { DayIndex, Importance, RelativeDay, Sensitivity, ShowAs, Weekday } from '@appointed/core';

/** Element LegacyFreeBusyStatus. */
export const FREE_BUSY: Readonly<Record<ShowAs, string>> = {
  free: 'Free',
  tentative: 'Tentative',
  busy: 'Busy',
  oof: 'OOF',
  workingElsewhere: 'WorkingElsewhere',
};

/** Element Sensitivity. */
export const SENSITIVITY: Readonly<Record<Sensitivity, string>> = {
  normal: 'Normal',
  personal: 'Personal',
  private: 'Private',
  confidential: 'Confidential',
};

/** Element Importance. */
export const IMPORTANCE: Readonly<Record<Importance, string>> = { low: 'Low', normal: 'Normal', high: 'High' };

/** Type DaysOfWeekType. */
export const WEEKDAY: Readonly<Record<Weekday, string>> = {
  sunday: 'Sunday',
  monday: 'Monday',
  tuesday: 'Tuesday',
  wednesday: 'Wednesday',
  thursday: 'Thursday',
  friday: 'Friday',
  saturday: 'Saturday',
};

/** Type DayOfWeekType: a day of the week, or a kind of day. */
export const RELATIVE_DAY: Readonly<Record<RelativeDay, string>> = {
  ...WEEKDAY,
  day: 'Day',
  weekday: 'Weekday',
  weekendDay: 'WeekendDay',
};

/** Element DayOfWeekIndex. */
export const DAY_INDEX: Readonly<Record<DayIndex, string>> = {
  first: 'First',
  second: 'Second',
  third: 'Third',
  fourth: 'Fourth',
  last: 'Last',
};

/** Element Month, from January on. */
export const MONTHS: readonly string[] = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** Our word for a server's; undefined for one that Outlook does not offer, such as `NoData`. */
export function ourWord<T extends string>(words: Readonly<Record<T, string>>, theirs: string): T | undefined {
  return (Object.keys(words) as T[]).find((word) => words[word] === theirs);
}
