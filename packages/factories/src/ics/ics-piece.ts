import type { AppointmentInput, RecurrenceInput } from '@appointed/core';
import type ICAL from 'ical.js';
import type { IcsEventSource } from './ics-calendar.js';
import type { IcsSegment } from './ics-segments.js';
import type { IcsSpan } from './ics-span.js';
import { spanAt } from './ics-span-at.js';
import { textOf } from './read-property.js';

/** One appointment of an event. */
export interface IcsPiece {
  /** Which one: a day of the rule, or the wall time of one beside it; empty for the one that begins with the event. */
  readonly at: string;
  readonly appointment: AppointmentInput;
}

/** A part of a series, as a series of its own; or one occurrence of it. */
export function pieceOf(
  segment: IcsSegment,
  source: IcsEventSource,
  { wallTime }: IcsSpan,
  whole: AppointmentInput,
): IcsPiece {
  const { first, isSingle } = segment;
  const isBeginning = first === wallTime;
  const at = isBeginning ? occurrenceOf(source.event) : first.slice(0, 10);
  const appointment = single(whole, isBeginning ? whole : spanAt(source, first));
  const { recurrence } = whole;
  if (isSingle || recurrence === undefined) return { at, appointment };
  return { at, appointment: { ...appointment, recurrence: recurrenceIn(segment, recurrence) } };
}

/** The day on which an occurrence without its series was to be; empty of other events. */
export function occurrenceOf(event: ICAL.Component): string {
  return textOf(event, 'recurrence-id').slice(0, 10);
}

/** One occurrence. */
export function single(
  whole: AppointmentInput,
  { end, start }: Pick<AppointmentInput, 'start' | 'end'>,
): AppointmentInput {
  const { recurrence: _recurrence, ...fields } = whole;
  return { ...fields, start, end };
}

function recurrenceIn({ before, isRest, last }: IcsSegment, recurrence: RecurrenceInput): RecurrenceInput {
  const { endDate, numberOfOccurrences, ...pattern } = recurrence;
  if (!isRest) return { ...pattern, endDate: last.slice(0, 10) };
  if (numberOfOccurrences !== undefined) return { ...pattern, numberOfOccurrences: numberOfOccurrences - before };
  return endDate === undefined ? pattern : { ...pattern, endDate };
}
