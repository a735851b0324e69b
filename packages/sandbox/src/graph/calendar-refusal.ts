import { CalendarError, type CalendarRefusal } from '../calendar/calendar-error.js';
import { GraphError, invalidValues, itemNotFound } from './graph-error.js';

/** Refusals that have a code of their own. It is EWS's: both are mouths of one store. */
const CODES: Readonly<Partial<Record<CalendarRefusal, readonly [code: string, text: string]>>> = {
  'too long': ['ErrorCalendarDurationIsTooLong', 'Duration is too long.'],
  'out of range': ['ErrorCalendarOutOfRange', 'Calendar item date is out of range.'],
  'occurrences overlap': [
    'ErrorOccurrenceTimeSpanTooBig',
    'The duration of an occurrence must be shorter than the time between occurrences.',
  ],
  'no occurrence': ['ErrorRecurrenceHasNoOccurrence', 'The recurrence pattern has no occurrence.'],
};

/** Does something to the calendar. @throws GraphError for what the calendar refuses */
export function inGraphsWords<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof CalendarError)) throw error;
    if (error.refusal === 'occurrence deleted') throw itemNotFound();
    const [code, text] = CODES[error.refusal] ?? [];
    throw code === undefined || text === undefined ? invalidValues() : new GraphError(400, code, text);
  }
}
