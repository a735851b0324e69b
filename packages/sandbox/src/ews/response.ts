import { CalendarError, type CalendarRefusal } from '../calendar/calendar-error.js';
import { element } from './escape.js';
import { ItemError } from './fault.js';
import { MESSAGES, SOAP, TYPES } from './namespaces.js';

/** The version that the server claims: the last of Exchange 2016, which every client knows. */
const SERVER_VERSION =
  `<h:ServerVersionInfo MajorVersion="15" MinorVersion="1" MajorBuildNumber="2507" MinorBuildNumber="39" ` +
  `Version="V2017_07_11" xmlns:h="${TYPES}" xmlns="${TYPES}" xmlns:xsd="http://www.w3.org/2001/XMLSchema" ` +
  `xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/>`;

const OPENING =
  `<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="${SOAP}"><s:Header>${SERVER_VERSION}</s:Header>` +
  `<s:Body xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema">`;

/** The envelope of an operation's answer. */
export function envelope(operation: string, content: string): string {
  const name = `m:${operation}Response`;
  return `${OPENING}<${name} xmlns:m="${MESSAGES}" xmlns:t="${TYPES}">${content}</${name}></s:Body></s:Envelope>`;
}

function responseMessages(messages: readonly string[]): string {
  return `<m:ResponseMessages>${messages.join('')}</m:ResponseMessages>`;
}

export function success(message: string, content: string): string {
  return `<m:${message} ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode>${content}</m:${message}>`;
}

/** A result that is no error and still no success, as ResolveNames has it. */
export function warning(message: string, code: string, text: string, content: string): string {
  return problem('Warning', message, new ItemError(code, text), content);
}

/** @param content what the schema demands even of a failed item, such as `<m:Items/>` */
function failure(message: string, error: ItemError, content: string): string {
  return problem('Error', message, error, content);
}

function problem(kind: string, message: string, error: ItemError, content: string): string {
  const extra = error.messageXml === '' ? '' : `<m:MessageXml>${error.messageXml}</m:MessageXml>`;
  return (
    `<m:${message} ResponseClass="${kind}">${element('m:MessageText', error.message)}` +
    `<m:ResponseCode>${error.code}</m:ResponseCode><m:DescriptiveLinkKey>0</m:DescriptiveLinkKey>${extra}${content}` +
    `</m:${message}>`
  );
}

const REFUSALS: Record<CalendarRefusal, readonly [code: string, text: string]> = {
  'end before start': ['ErrorCalendarEndDateIsEarlierThanStartDate', 'EndDate is earlier than StartDate'],
  'too long': ['ErrorCalendarDurationIsTooLong', 'Duration is too long.'],
  'out of range': ['ErrorCalendarOutOfRange', 'Calendar item date is out of range.'],
  'invalid recurrence': ['ErrorCalendarInvalidRecurrence', 'The recurrence is invalid.'],
  'invalid weekday': [
    'ErrorCalendarInvalidDayForWeeklyRecurrence',
    'Day, Weekday and WeekendDay are no days of a weekly recurrence.',
  ],
  'occurrences overlap': [
    'ErrorOccurrenceTimeSpanTooBig',
    'The duration of an occurrence must be shorter than the time between occurrences.',
  ],
  'series too long': ['ErrorRecurrenceEndDateTooBig', 'The end date of the recurrence is too big.'],
  'no occurrence': ['ErrorRecurrenceHasNoOccurrence', 'The recurrence pattern has no occurrence.'],
  'not a calendar': [
    'ErrorCannotCreateCalendarItemInNonCalendarFolder',
    'Cannot create a calendar item in a non-calendar folder.',
  ],
  'occurrence deleted': [
    'ErrorCalendarOccurrenceIsDeletedFromRecurrence',
    'Occurrence is deleted from the recurrence.',
  ],
};

/** Failures that end a batch: what comes after them is not tried. */
const STOPPING = new Set([
  'ErrorServerBusy',
  'ErrorMailboxStoreUnavailable',
  'ErrorMailboxMoveInProgress',
  'ErrorMailboxFailover',
  'ErrorQuotaExceeded',
  'ErrorMissingEmailAddress',
]);

/**
 * Answers each part of a batch by itself: a part that fails does not touch its neighbours. Only after what would fail
 * everything (the store is away, the quota is full) does Exchange stop, and says so of every part that is left.
 */
export function eachOf<T>(parts: readonly T[], message: string, empty: string, answer: (part: T) => string): string {
  let stopped = false;
  return responseMessages(
    parts.map((part) => {
      if (stopped) {
        const text = 'The batch processing stopped since an error occurred for an earlier item.';
        return warning(message, 'ErrorBatchProcessingStopped', text, empty);
      }
      try {
        return answer(part);
      } catch (error) {
        const known = itemError(error);
        stopped = STOPPING.has(known.code);
        return failure(message, known, empty);
      }
    }),
  );
}

/** What an item's failure is in Exchange's words. Anything unforeseen is a defect here and must not look like one of theirs. */
function itemError(error: unknown): ItemError {
  if (error instanceof ItemError) return error;
  if (error instanceof CalendarError) {
    const [code, text] = REFUSALS[error.refusal];
    return new ItemError(code, text);
  }
  throw error;
}
