import type { Recurrence } from '../calendar/recurrence.js';

/** A recurrence as people say it. */
export function recurrenceWords({ pattern, range }: Recurrence): string {
  return `${patternWords(pattern)}, from ${range.start}${rangeWords(range)}`;
}

function patternWords(pattern: Recurrence['pattern']): string {
  switch (pattern.kind) {
    case 'daily':
      return every(pattern.interval, 'day');
    case 'weekly':
      return `${every(pattern.interval, 'week')} on ${pattern.days.join(', ')}`;
    case 'absoluteMonthly':
      return `${every(pattern.interval, 'month')} on day ${pattern.dayOfMonth}`;
    case 'relativeMonthly':
      return `${every(pattern.interval, 'month')} on the ${pattern.index.toLowerCase()} ${pattern.day}`;
    case 'absoluteYearly':
      return `every year on day ${pattern.dayOfMonth} of month ${pattern.month}`;
    default:
      return `every year on the ${pattern.index.toLowerCase()} ${pattern.day} of month ${pattern.month}`;
  }
}

function rangeWords(range: Recurrence['range']): string {
  if (range.kind === 'noEnd') return ', without end';
  return range.kind === 'endDate' ? ` to ${range.end}` : `, ${range.count} times`;
}

function every(interval: number, unit: string): string {
  return interval === 1 ? `every ${unit}` : `every ${interval} ${unit}s`;
}
