import type { Day, DayIndex, DayOrGroup, Pattern, Range, Recurrence } from '../../calendar/recurrence.js';
import { element } from '../escape.js';
import type { XmlElement } from '../xml-element.js';
import { parseDate } from '../xml-values.js';

const MONTHS = [
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

const number = (parent: XmlElement, name: string): number => Number(parent.required(name).text);
const word = (parent: XmlElement, name: string): string => parent.required(name).text.trim();
const month = (parent: XmlElement): number => MONTHS.indexOf(word(parent, 't:Month')) + 1;

/** A Recurrence element: a pattern and a range. */
export function readRecurrence(recurrence: XmlElement): Recurrence {
  const [pattern, range] = recurrence.children;
  if (pattern === undefined || range === undefined) throw new Error('the grammar let half a Recurrence pass');
  return { pattern: readPattern(pattern), range: readRange(range) };
}

function readPattern(pattern: XmlElement): Pattern {
  const day = () => word(pattern, 't:DaysOfWeek') as DayOrGroup;
  const index = () => word(pattern, 't:DayOfWeekIndex') as DayIndex;
  switch (pattern.name) {
    case 't:DailyRecurrence':
      return { kind: 'daily', interval: number(pattern, 't:Interval') };
    case 't:WeeklyRecurrence': {
      const days = word(pattern, 't:DaysOfWeek').split(/\s+/).filter(Boolean) as DayOrGroup[];
      const firstDay = (pattern.value('t:FirstDayOfWeek') ?? 'Sunday') as Day;
      return { kind: 'weekly', interval: number(pattern, 't:Interval'), days, firstDay };
    }
    case 't:AbsoluteMonthlyRecurrence':
      return {
        kind: 'absoluteMonthly',
        interval: number(pattern, 't:Interval'),
        dayOfMonth: number(pattern, 't:DayOfMonth'),
      };
    case 't:RelativeMonthlyRecurrence':
      return { kind: 'relativeMonthly', interval: number(pattern, 't:Interval'), day: day(), index: index() };
    case 't:AbsoluteYearlyRecurrence':
      return { kind: 'absoluteYearly', dayOfMonth: number(pattern, 't:DayOfMonth'), month: month(pattern) };
    default:
      return { kind: 'relativeYearly', day: day(), index: index(), month: month(pattern) };
  }
}

function readRange(range: XmlElement): Range {
  const date = (name: string) => parseDate(word(range, name)) ?? '';
  const start = date('t:StartDate');
  if (range.name === 't:EndDateRecurrence') return { kind: 'endDate', start, end: date('t:EndDate') };
  if (range.name === 't:NumberedRecurrence') {
    return { kind: 'numbered', start, count: number(range, 't:NumberOfOccurrences') };
  }
  return { kind: 'noEnd', start };
}

export function recurrenceXml({ pattern, range }: Recurrence): string {
  return `<t:Recurrence>${patternXml(pattern)}${rangeXml(range)}</t:Recurrence>`;
}

function patternXml(pattern: Pattern): string {
  const interval = 'interval' in pattern ? element('t:Interval', String(pattern.interval)) : '';
  const dayOfMonth = 'dayOfMonth' in pattern ? element('t:DayOfMonth', String(pattern.dayOfMonth)) : '';
  const day =
    'index' in pattern ? element('t:DaysOfWeek', pattern.day) + element('t:DayOfWeekIndex', pattern.index) : '';
  const days =
    pattern.kind === 'weekly'
      ? element('t:DaysOfWeek', pattern.days.join(' ')) + element('t:FirstDayOfWeek', pattern.firstDay)
      : '';
  const inMonth = 'month' in pattern ? element('t:Month', MONTHS[pattern.month - 1] ?? '') : '';
  const name = `t:${pattern.kind.charAt(0).toUpperCase()}${pattern.kind.slice(1)}Recurrence`;
  return `<${name}>${interval}${dayOfMonth}${day}${days}${inMonth}</${name}>`;
}

function rangeXml(range: Range): string {
  const start = element('t:StartDate', range.start);
  if (range.kind === 'endDate') {
    return `<t:EndDateRecurrence>${start}${element('t:EndDate', range.end)}</t:EndDateRecurrence>`;
  }
  if (range.kind === 'noEnd') return `<t:NoEndRecurrence>${start}</t:NoEndRecurrence>`;
  const count = element('t:NumberOfOccurrences', String(range.count));
  return `<t:NumberedRecurrence>${start}${count}</t:NumberedRecurrence>`;
}
