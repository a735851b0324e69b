import { type ClockChange, RuleZone } from '../../calendar/rule-zone.js';
import { type Zone, findWindowsZone } from '../../calendar/zone.js';
import { ItemError } from '../fault.js';
import type { XmlElement } from '../xml-element.js';
import { parseDate, parseDuration } from '../xml-values.js';
import { WEEKDAYS } from './weekdays.js';

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
const INDEXES = ['First', 'Second', 'Third', 'Fourth', 'Last'];

/**
 * MeetingTimeZone, Exchange 2007's way to say where a meeting is: a name that Windows knows, else rules.
 *
 * @throws ItemError ErrorCalendarInvalidTimeZone, ErrorCalendarInvalidDayForTimeChangePattern
 */
export function readMeetingZone(meetingZone: XmlElement): Zone {
  const name = meetingZone.attribute('TimeZoneName') ?? '';
  const known = findWindowsZone(name);
  if (known !== undefined) return known;
  const base = parseDuration(meetingZone.value('t:BaseOffset') ?? '');
  if (base === undefined) throw new ItemError('ErrorCalendarInvalidTimeZone', 'The time zone is invalid.');
  // Offsets here are what is added to local time to make it UTC.
  const offset = (change: XmlElement | undefined) => -(base + (parseDuration(change?.value('t:Offset') ?? '') ?? 0));
  const parts = [meetingZone.child('t:Standard'), meetingZone.child('t:Daylight')].filter((part) => part !== undefined);
  return new RuleZone(
    name === '' ? 'Customized Time Zone' : name,
    offset(parts[0]),
    parts.map((change) => readChange(change, offset(change))).filter((change) => change !== undefined),
  );
}

function readChange(change: XmlElement, offset: number): ClockChange | undefined {
  const time = parseTime(change.value('t:Time') ?? '');
  const absolute = change.value('t:AbsoluteDate');
  if (absolute !== undefined) {
    const [, month, date] = (parseDate(absolute) ?? '').split('-').map(Number);
    return { offset, month: month ?? 1, day: { date: date ?? 1 }, time };
  }
  const yearly = change.child('t:RelativeYearlyRecurrence');
  if (yearly === undefined) return undefined;
  const weekday = WEEKDAYS.indexOf(yearly.value('t:DaysOfWeek') as (typeof WEEKDAYS)[number]);
  if (weekday < 0) {
    const text = 'Clocks change on a day of the week; Day, Weekday and WeekendDay are none.';
    throw new ItemError('ErrorCalendarInvalidDayForTimeChangePattern', text);
  }
  const month = MONTHS.indexOf(yearly.value('t:Month') ?? '') + 1;
  const occurrence = INDEXES.indexOf(yearly.value('t:DayOfWeekIndex') ?? '') + 1;
  return { offset, month, day: { weekday, occurrence }, time };
}

/** `02:00:00` in milliseconds */
function parseTime(text: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = text.slice(0, 8).split(':').map(Number);
  return ((hours * 60 + minutes) * 60 + seconds) * 1000;
}
