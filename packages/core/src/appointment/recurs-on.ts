import { type DayNumber, daysInMonth, partsOf } from './calendar-date.js';
import { DAY_INDEXES, type DayIndex, type RecurrencePattern, type RelativeDay, WEEKDAYS } from './recurrence.js';

/** Can a series with this pattern begin on that day? */
export function recursOn(pattern: RecurrencePattern, day: DayNumber): boolean {
  const { month, weekday } = partsOf(day);
  switch (pattern.pattern) {
    case 'daily':
      return true;
    case 'weekly':
      return pattern.daysOfWeek.some((name) => WEEKDAYS[weekday] === name);
    case 'absoluteMonthly':
      return isDayOfMonth(day, pattern.dayOfMonth);
    case 'relativeMonthly':
      return isNth(day, pattern.index, pattern.dayOfWeek);
    case 'absoluteYearly':
      return month === pattern.month && isDayOfMonth(day, pattern.dayOfMonth);
    case 'relativeYearly':
      return month === pattern.month && isNth(day, pattern.index, pattern.dayOfWeek);
  }
}

/** A month that has no such day has its last one instead. */
function isDayOfMonth(day: DayNumber, dayOfMonth: number): boolean {
  const { year, month, date } = partsOf(day);
  return date === Math.min(dayOfMonth, daysInMonth(year, month));
}

function isNth(day: DayNumber, index: DayIndex, wanted: RelativeDay): boolean {
  const { year, month, date } = partsOf(day);
  if (!isSuch(day, wanted)) return false;
  const first = day - date + 1;
  const such = Array.from({ length: daysInMonth(year, month) }, (_, n) => first + n).filter((one) =>
    isSuch(one, wanted),
  );
  return such.at(index === 'last' ? -1 : DAY_INDEXES.indexOf(index)) === day;
}

function isSuch(day: DayNumber, wanted: RelativeDay): boolean {
  const { weekday } = partsOf(day);
  const isWeekend = weekday === 0 || weekday === 6;
  if (wanted === 'day') return true;
  if (wanted === 'weekday') return !isWeekend;
  return wanted === 'weekendDay' ? isWeekend : WEEKDAYS[weekday] === wanted;
}
