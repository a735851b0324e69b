import type { EventView } from '../event-view.js';
import { GraphError } from '../graph-error.js';
import { eventProperty } from '../schema/body-types.js';
import { modelName } from '../schema/read-body.js';
import { parseDateTime } from '../times.js';

/** A property that events can be filtered and sorted by. */
export interface Comparable {
  readonly kind: 'text' | 'moment' | 'flag';
  /** Texts in lower case: Exchange compares them in any case. */
  read(view: EventView): string | number | boolean;
}

const COMPARABLES: ReadonlyMap<string, Comparable> = new Map<string, Comparable>([
  ['subject', { kind: 'text', read: ({ item }) => (item.subject ?? '').toLowerCase() }],
  ['start/datetime', { kind: 'moment', read: ({ item }) => item.start }],
  ['end/datetime', { kind: 'moment', read: ({ item }) => item.end }],
  ['createddatetime', { kind: 'moment', read: ({ item }) => item.created }],
  ['lastmodifieddatetime', { kind: 'moment', read: ({ item }) => item.modified }],
  ['icaluid', { kind: 'text', read: ({ item }) => item.uid.toLowerCase() }],
  ['isallday', { kind: 'flag', read: ({ item }) => item.isAllDay }],
  ['iscancelled', { kind: 'flag', read: ({ item }) => item.isCancelled }],
]);

/** @returns undefined for a property that events have and that cannot be compared @throws GraphError for any other */
export function comparable(path: string): Comparable | undefined {
  const found = COMPARABLES.get(path.toLowerCase());
  if (found !== undefined) return found;
  const [name = ''] = path.split('/');
  if (eventProperty(name) === undefined) throw unknownProperty(name);
  return undefined;
}

export function unknownProperty(name: string, type: string = 'event'): GraphError {
  const text = `Could not find a property named '${name}' on type '${modelName(type)}'.`;
  return new GraphError(400, 'RequestBroker--ParseUri', text);
}

/** A literal as values of that kind are compared; undefined if it is none. A time without an offset is UTC. */
export function literalOf(kind: Comparable['kind'], text: string): string | number | boolean | undefined {
  if (kind === 'text') return text.toLowerCase();
  if (kind === 'flag') return text === 'true' || text === 'false' ? text === 'true' : undefined;
  return parseDateTime(text)?.time;
}
