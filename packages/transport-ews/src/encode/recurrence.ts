import type { Moment, Recurrence, RecurrenceRange } from '@appointed/core';
import { DAY_INDEX, MONTHS, RELATIVE_DAY } from '../enumerations.js';
import { element, NOTHING, textElement, type Xml } from './element.js';

/**
 * Element Recurrence: a pattern and a range.
 * @param start of the appointment, whose date in its own zone is the first
 */
export function recurrenceElement(name: string, recurrence: Recurrence, start: Moment): Xml {
  return element(name, {}, patternElement(recurrence), rangeElement(recurrence, start.dateTime.slice(0, 10)));
}

function patternElement(recurrence: Recurrence): Xml {
  const parts = partsOf(recurrence);
  const { pattern } = recurrence;
  return element(`t:${pattern.charAt(0).toUpperCase()}${pattern.slice(1)}Recurrence`, {}, ...parts);
}

/** In the schema's order. */
function partsOf(recurrence: Recurrence): readonly Xml[] {
  const interval = 'interval' in recurrence ? textElement('t:Interval', String(recurrence.interval)) : NOTHING;
  const month = 'month' in recurrence ? textElement('t:Month', MONTHS[recurrence.month - 1] ?? '') : NOTHING;
  if ('dayOfMonth' in recurrence) return [interval, textElement('t:DayOfMonth', String(recurrence.dayOfMonth)), month];
  if ('index' in recurrence) {
    const day = textElement('t:DaysOfWeek', RELATIVE_DAY[recurrence.dayOfWeek]);
    return [interval, day, textElement('t:DayOfWeekIndex', DAY_INDEX[recurrence.index]), month];
  }
  if (recurrence.pattern === 'daily') return [interval];
  const days = recurrence.daysOfWeek.map((day) => RELATIVE_DAY[day]).join(' ');
  const firstDay = textElement('t:FirstDayOfWeek', RELATIVE_DAY[recurrence.firstDayOfWeek]);
  return [interval, textElement('t:DaysOfWeek', days), firstDay];
}

function rangeElement({ endDate, numberOfOccurrences }: RecurrenceRange, startDate: string): Xml {
  const start = textElement('t:StartDate', startDate);
  if (endDate !== undefined) return element('t:EndDateRecurrence', {}, start, textElement('t:EndDate', endDate));
  if (numberOfOccurrences === undefined) return element('t:NoEndRecurrence', {}, start);
  const count = textElement('t:NumberOfOccurrences', String(numberOfOccurrences));
  return element('t:NumberedRecurrence', {}, start, count);
}
