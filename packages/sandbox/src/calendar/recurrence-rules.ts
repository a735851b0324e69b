import { CalendarError } from './calendar-error.js';
import { LAST_DAY, dayOf } from './expansion.js';
import type { Pattern, Range, Recurrence } from './recurrence.js';

const MOST_OCCURRENCES = 999;
const FIRST_DAY = dayOf('1601-01-01');
const GROUPS = new Set(['Day', 'Weekday', 'WeekendDay']);

/** @throws CalendarError for what no calendar can repeat */
export function checkRecurrence({ pattern, range }: Recurrence): void {
  checkPattern(pattern);
  checkRange(range);
}

function checkPattern(pattern: Pattern): void {
  if ('interval' in pattern) {
    const most = pattern.kind === 'daily' ? 999 : 99;
    if (!(pattern.interval >= 1 && pattern.interval <= most)) throw invalid(`The interval must be from 1 to ${most}.`);
  }
  if (pattern.kind === 'weekly') {
    if (pattern.days.length === 0) throw invalid('A weekly pattern needs a day.');
    if (pattern.days.some((day) => GROUPS.has(day))) {
      throw new CalendarError('invalid weekday', 'A weekly pattern takes days of the week, no groups of them.');
    }
  }
  if ('dayOfMonth' in pattern) {
    // A leap year, so that 29 February is a day.
    const most = pattern.kind === 'absoluteYearly' ? new Date(Date.UTC(2024, pattern.month, 0)).getUTCDate() : 31;
    if (!(pattern.dayOfMonth >= 1 && pattern.dayOfMonth <= most)) throw invalid(`The day must be from 1 to ${most}.`);
  }
}

function checkRange(range: Range): void {
  if (dayOf(range.start) < FIRST_DAY || dayOf(range.start) > LAST_DAY) {
    throw new CalendarError('out of range', 'The series starts outside the calendar.');
  }
  if (range.kind === 'endDate') {
    if (dayOf(range.end) < dayOf(range.start))
      throw new CalendarError('end before start', 'The series ends before it starts.');
    if (dayOf(range.end) > LAST_DAY)
      throw new CalendarError('series too long', 'The series ends after the calendar does.');
  }
  if (range.kind === 'numbered' && !(range.count >= 1 && range.count <= MOST_OCCURRENCES)) {
    throw invalid(`The number of occurrences must be from 1 to ${MOST_OCCURRENCES}.`);
  }
}

function invalid(message: string): CalendarError {
  return new CalendarError('invalid recurrence', message);
}
