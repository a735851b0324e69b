import type { Recurrence, RecurrencePattern, RecurrenceRange, Weekday } from '@appointed/core';
import { DAY_INDEX, MONTHS, ourWord, RELATIVE_DAY, WEEKDAY } from '../enumerations.js';
import { child, type XmlElement } from './xml-tree.js';

/** What the Recurrence element of an item says. @returns undefined for one that is none, or none that we have words for */
export function recurrenceOf(item: XmlElement): Recurrence | undefined {
  const parts = child(item, 'Recurrence')?.children ?? [];
  const pattern = parts.map(patternOf).find((found) => found !== undefined);
  const range = parts.map(rangeOf).find((found) => found !== undefined);
  return pattern && range && { ...pattern, ...range };
}

function patternOf(element: XmlElement): RecurrencePattern | undefined {
  const interval = numberIn(element, 'Interval');
  const month = MONTHS.findIndex((name) => name === wordIn(element, 'Month')) + 1;
  const dayOfMonth = numberIn(element, 'DayOfMonth');
  const relative = relativeOf(element);
  switch (element.name) {
    case 'DailyRecurrence':
      return { pattern: 'daily', interval };
    case 'WeeklyRecurrence':
      return { pattern: 'weekly', interval, ...weekOf(element) };
    case 'AbsoluteMonthlyRecurrence':
      return { pattern: 'absoluteMonthly', interval, dayOfMonth };
    case 'RelativeMonthlyRecurrence':
      return relative && { pattern: 'relativeMonthly', interval, ...relative };
    case 'AbsoluteYearlyRecurrence':
      return { pattern: 'absoluteYearly', month, dayOfMonth };
    case 'RelativeYearlyRecurrence':
      return relative && { pattern: 'relativeYearly', month, ...relative };
    default:
      return undefined;
  }
}

function relativeOf(
  element: XmlElement,
): Pick<RecurrencePattern & { pattern: 'relativeMonthly' }, 'index' | 'dayOfWeek'> | undefined {
  const dayOfWeek = ourWord(RELATIVE_DAY, wordIn(element, 'DaysOfWeek'));
  const index = ourWord(DAY_INDEX, wordIn(element, 'DayOfWeekIndex'));
  return dayOfWeek && index && { index, dayOfWeek };
}

function weekOf(element: XmlElement): { readonly daysOfWeek: readonly Weekday[]; readonly firstDayOfWeek: Weekday } {
  const days = wordIn(element, 'DaysOfWeek').split(/\s+/);
  return {
    daysOfWeek: (Object.keys(WEEKDAY) as Weekday[]).filter((day) => days.includes(WEEKDAY[day])),
    // What Exchange assumes where it does not say.
    firstDayOfWeek: ourWord(WEEKDAY, wordIn(element, 'FirstDayOfWeek')) ?? 'sunday',
  };
}

function rangeOf(element: XmlElement): RecurrenceRange | undefined {
  switch (element.name) {
    case 'NoEndRecurrence':
      return {};
    case 'EndDateRecurrence':
      // Servers add a zone to dates: 2027-12-31Z, 2027-12-31+01:00.
      return { endDate: wordIn(element, 'EndDate').slice(0, 10) };
    case 'NumberedRecurrence':
      return { numberOfOccurrences: numberIn(element, 'NumberOfOccurrences') };
    default:
      return undefined;
  }
}

function wordIn(parent: XmlElement, name: string): string {
  return child(parent, name)?.text.trim() ?? '';
}

function numberIn(parent: XmlElement, name: string): number {
  return Number(wordIn(parent, name));
}
