import type ICAL from 'ical.js';
import { later } from './clock.js';
import type { IcsEventSource } from './ics-calendar.js';
import { invalidIcs } from './ics-source.js';
import { endOf, hoursLater, type IcsSpan, isAllDay, spanFrom, wallMs } from './ics-span.js';
import { type IcsTime, timeOf } from './ics-time.js';
import { shownAt } from './ics-wall-time.js';
import { timeAt } from './time-at.js';

/**
 * The span of another occurrence of a series: as long as the first one, by the hours that pass.
 * @param wallTime of its start, on the clock of the series
 * @param lengthMs where it has a length of its own
 */
export function spanAt(source: IcsEventSource, wallTime: string, lengthMs?: number): IcsSpan {
  const { event, zones } = source;
  const start = { ...startOf(event), wallTime };
  if (lengthMs === undefined) return spanFrom(event, start, endAt(source, start), zones);
  const end = start.isDate ? { ...start, wallTime: later(wallTime, lengthMs) } : hoursLater(start, lengthMs, zones);
  return spanFrom(event, start, end, zones);
}

/**
 * Can a series begin there? The others follow the clock as it goes on that day, and not where it is put forward or back in
 * between.
 */
export function isRegularAt(source: IcsEventSource, span: IcsSpan, wallTime: string): boolean {
  if (span.isAllDay || span.timeZone === 'mailbox') return true;
  if (shownAt(span, wallTime) !== wallTime) return false;
  const start = { ...startOf(source.event), wallTime };
  const { end, isOnOneClock } = firstEnd(source);
  return !isOnOneClock || endAt(source, start).wallTime === later(wallTime, lengthOf(source, end));
}

function endAt(source: IcsEventSource, start: IcsTime): IcsTime {
  const { event, zones } = source;
  if (!event.hasProperty('dtend')) return endOf(event, start, zones);
  const first = startOf(event);
  const { end, isOnOneClock } = firstEnd(source);
  const until = zones.nameOf(end);
  const isTimeless = [zones.nameOf(start), until].some((name) => name === 'mailbox' || name === undefined);
  if (until === undefined || isTimeless || isAllDay(event, first, end)) {
    return { ...end, wallTime: later(end.wallTime, wallMs(start) - wallMs(first)) };
  }
  const lengthMs = isOnOneClock ? lengthOf(source, end) : zones.epochOf(end) - zones.epochOf(first);
  return timeAt(zones.epochOf(start) + lengthMs, end, until);
}

function firstEnd({ event, zones }: IcsEventSource): { readonly end: IcsTime; readonly isOnOneClock: boolean } {
  const start = startOf(event);
  const end = endOf(event, start, zones);
  return { end, isOnOneClock: zones.nameOf(start) === zones.nameOf(end) };
}

/** What the clock shows at the end, less what it shows at the start: on most days the hours that pass. */
function lengthOf({ event }: IcsEventSource, end: IcsTime): number {
  const duration = event.getFirstPropertyValue('duration') as ICAL.Duration | null;
  const isByDuration = duration !== null && !event.hasProperty('dtend');
  return isByDuration ? duration.toSeconds() * 1000 : wallMs(end) - wallMs(startOf(event));
}

function startOf(event: ICAL.Component): IcsTime {
  const property = event.getFirstProperty('dtstart');
  if (property === null) throw invalidIcs('DTSTART', 'is missing');
  return timeOf(property);
}
