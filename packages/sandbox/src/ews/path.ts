import { comparable, propertyName, valueOf } from './fields/extended-property.js';
import type { Comparable, View } from './fields/field.js';
import { fieldByUri } from './fields/fields.js';
import { ItemError } from './fault.js';
import { parseDateTime } from './xml-values.js';
import type { XmlElement } from './xml-element.js';

/** A property that is searched or sorted by. */
export interface SearchPath {
  /** The custom property's name, if it is one. */
  readonly property: string | undefined;
  read(view: View): Comparable;
  /** A constant of a request as it compares with this property. */
  constant(text: string, sample: Comparable): Comparable;
}

/** @throws ItemError ErrorUnsupportedPathForQuery for what cannot be searched by, UID among it */
export function readPath(path: XmlElement): SearchPath {
  if (path.name === 't:ExtendedFieldURI') {
    const name = propertyName(path);
    const type = path.attribute('PropertyType') ?? 'String';
    return {
      property: type === 'String' ? name : undefined,
      read: (view) => comparable(type, valueOf(view.item, name)),
      constant: (text) => comparable(type, text),
    };
  }
  const field = fieldByUri(path.attribute('FieldURI') ?? '');
  const key = field?.key;
  if (field === undefined || key === undefined || NOT_SEARCHABLE.has(field.uri)) {
    throw new ItemError('ErrorUnsupportedPathForQuery', 'The property is not supported for queries.');
  }
  return { property: undefined, read: (view) => key(view), constant: like };
}

/** Computed when an item is read, so that the store cannot search by them. UID is the one that people stumble over. */
const NOT_SEARCHABLE = new Set([
  'calendar:UID',
  'calendar:Duration',
  'calendar:When',
  'calendar:StartWallClock',
  'calendar:EndWallClock',
  'calendar:ConflictingMeetingCount',
  'calendar:AdjacentMeetingCount',
  'item:ReminderNextTime',
]);

/** Constants are text: what they mean is decided by what they are compared with. */
function like(text: string, sample: Comparable): Comparable {
  if (typeof sample === 'number') return parseDateTime(text)?.time ?? Number(text);
  if (typeof sample === 'boolean') return text.trim() === 'true' || text.trim() === '1';
  return text;
}

/** Negative, zero, positive; what is absent comes first. */
export function compare(a: Comparable, b: Comparable): number {
  if (a === b) return 0;
  if (a === undefined) return -1;
  if (b === undefined) return 1;
  if (typeof a === 'string' && typeof b === 'string') {
    const [left, right] = [a.toLowerCase(), b.toLowerCase()];
    if (left === right) return 0;
    return left < right ? -1 : 1;
  }
  if (typeof a === 'object' || typeof b === 'object') return compare(String(a), String(b));
  return Number(a) - Number(b);
}
