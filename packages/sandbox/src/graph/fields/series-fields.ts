import { dateOf } from '../../calendar/expansion.js';
import type { EventView } from '../event-view.js';
import { GraphError } from '../graph-error.js';
import { eventId } from '../event-id.js';
import { toTheSecond, zoneId } from '../times.js';
import { type EventField, field } from './event-field.js';
import { readRecurrence, recurrenceJson } from './recurrence.js';

/** What events are known by as parts of a series. */
export const seriesFields: readonly EventField[] = [
  field('seriesMasterId', ({ stored, occurrence, mailbox, preferences }) =>
    occurrence === undefined
      ? null
      : eventId({ item: stored, mailbox, occurrence: undefined }, preferences.hasImmutableIds),
  ),
  field('type', kindOf),
];

export const recurrenceField: EventField = field(
  'recurrence',
  ({ item }) => (item.recurrence === undefined ? null : recurrenceJson(item.recurrence, zoneId(item.startZone))),
  (draft, value, given) => {
    if (value === null) draft.recurrence = undefined;
    else readRecurrence(value, draft, given);
  },
);

/** `originalStart` stands on occurrences alone. */
export function originalStart({ occurrence }: EventView): { originalStart?: string } {
  return occurrence === undefined ? {} : { originalStart: toTheSecond(occurrence.originalStart) };
}

/** The occurrences that do not take place: on a series, and where `$select` names them. */
export function cancelledOccurrences(view: EventView): string[] {
  const { stored, preferences } = view;
  const id = eventId({ ...view, occurrence: undefined }, preferences.hasImmutableIds);
  return [...(stored.exceptions ?? [])]
    .filter(([, exception]) => exception === 'deleted')
    .map(([day]) => `OID.${id}.${dateOf(day)}`);
}

function kindOf({ item, occurrence }: EventView): string {
  if (occurrence !== undefined) return occurrence.isException ? 'exception' : 'occurrence';
  return item.recurrence === undefined ? 'singleInstance' : 'seriesMaster';
}

const DATE_AT = 32;

/** The UID; of an occurrence with its date in it, where the UID is a GlobalObjectId. */
export function uidOf({ item, occurrence }: EventView): string {
  if (occurrence === undefined || !/^04000000[0-9A-F]{48,}$/i.test(item.uid)) return item.uid;
  const [year = '', month = '', day = ''] = dateOf(occurrence.day).split('-');
  const date = hex(year, 4) + hex(month, 2) + hex(day, 2);
  return (item.uid.slice(0, DATE_AT) + date + item.uid.slice(DATE_AT + date.length)).toUpperCase();
}

function hex(number: string, digits: number): string {
  return Number(number).toString(16).padStart(digits, '0');
}

/** @throws GraphError for what is part of the series and of no occurrence */
export function refuseRecurrence(): never {
  const text = 'Set action is invalid for property. The recurrence belongs to the series master.';
  throw new GraphError(400, 'ErrorInvalidPropertySet', text);
}
