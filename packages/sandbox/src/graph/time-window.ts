import { isSeries, occurrencesBetween } from '../calendar/series.js';
import type { CalendarItem } from '../calendar/item.js';
import type { GraphCall } from './call.js';
import { type EventView, occurrenceView, viewOf } from './event-view.js';
import { GraphError } from './graph-error.js';
import { parseDateTime } from './times.js';

const DAY = 86_400_000;
const LONGEST_DAYS = 1825;

interface TimeWindow {
  readonly from: number;
  readonly until: number;
}

/** `startDateTime` and `endDateTime`; without an offset they are UTC. @throws GraphError ErrorInvalidParameter */
export function readTimeWindow(call: GraphCall): TimeWindow {
  const window = { from: readMoment('StartDateTime', call), until: readMoment('EndDateTime', call) };
  if (window.until < window.from) throw invalid('EndDateTime', call.query.get('EndDateTime') ?? '');
  if (window.until - window.from > LONGEST_DAYS * DAY) {
    const text =
      "Your request can't be completed. The range between the start and end dates is greater than the allowed range. " +
      `Maximum number of days: ${LONGEST_DAYS}`;
    throw new GraphError(400, 'ErrorInvalidRequest', text);
  }
  return window;
}

function readMoment(name: string, { query }: GraphCall): number {
  const text = query.get(name);
  if (text === undefined) {
    const needed = 'This request requires a time window specified by the query string parameters';
    throw new GraphError(400, 'ErrorInvalidParameter', `${needed} StartDateTime and EndDateTime.`);
  }
  const value = parseDateTime(text);
  if (value === undefined) throw invalid(name, text);
  return value.time;
}

function invalid(name: string, text: string): GraphError {
  return new GraphError(400, 'ErrorInvalidParameter', `The value '${text}' of parameter '${name}' is invalid.`);
}

/** What of an item overlaps a time: itself, or occurrences of it. */
export function viewsIn({ from, until }: TimeWindow, item: CalendarItem, call: GraphCall): EventView[] {
  if (isSeries(item)) {
    return occurrencesBetween(item, from, until).map((occurrence) => occurrenceView(item, occurrence, call));
  }
  const { start, end } = item;
  const overlaps = start < until && (end > from || (start === end && start >= from));
  return overlaps ? [viewOf(item, call)] : [];
}
