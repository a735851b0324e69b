import type { RecurrenceInput } from '@appointed/core';
import ICAL from 'ical.js';
import type { IcsSpan } from './ics-span.js';

/** The wall times of an event by its rule alone, one after the other; of one without a rule its start. */
export function* occurrencesOf(
  event: ICAL.Component,
  { wallTime }: IcsSpan,
  recurrence: RecurrenceInput | undefined,
): Generator<string, void> {
  if (recurrence === undefined) return yield wallTime;
  const rule = (event.getFirstPropertyValue('rrule') as ICAL.Recur).clone();
  // UNTIL is mostly in another zone: where it ends has been read.
  const { endDate, numberOfOccurrences = Number.POSITIVE_INFINITY } = recurrence;
  Object.assign(rule, { count: null, until: null });
  const iterator = rule.iterator(ICAL.Time.fromDateTimeString(wallTime));
  for (let n = 0; n < numberOfOccurrences; n += 1) {
    const next = iterator.next() as ICAL.Time | null;
    const at = next?.toString();
    if (at === undefined || (endDate !== undefined && at.slice(0, 10) > endDate)) return;
    yield at;
  }
}
