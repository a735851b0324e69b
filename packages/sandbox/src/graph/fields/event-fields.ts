import type { PropertyValue } from '../../calendar/item.js';
import type { Draft } from '../../calendar/mailbox-calendar.js';
import { eventId } from '../event-id.js';
import { GraphError } from '../graph-error.js';
import { type EventField, type Given, field } from './event-field.js';
import { readProperties } from './extended-property.js';
import { bodyField, itemFields, webLink } from './item-fields.js';
import { locationFields } from './location-fields.js';
import { attendeesField, organizerField, peopleFields } from './people-fields.js';
import { recurrenceField, seriesFields } from './series-fields.js';
import { isAllDayField, timeFields } from './time-fields.js';

/** Every property that an answer has, in Graph's order. */
export const eventFields: readonly EventField[] = [
  ...itemFields,
  isAllDayField,
  ...seriesFields,
  ...peopleFields,
  field('webLink', (view) => webLink(eventId(view, false))),
  field('onlineMeetingUrl', () => null),
  field('onlineMeeting', () => null),
  bodyField,
  ...timeFields,
  ...locationFields,
  // After the times, which it is checked against.
  recurrenceField,
  attendeesField,
  organizerField,
];

/** Custom properties are added to those that the event has. */
export function takeProperties(draft: Draft, { body, item }: Given): void {
  const lists = [body['singleValueExtendedProperties'], body['multiValueExtendedProperties']];
  const entries = lists.flatMap((list) => (list ?? []) as readonly unknown[]);
  if (entries.length === 0) return;
  draft.properties = new Map<string, PropertyValue>([...(item?.properties ?? []), ...readProperties(entries)]);
}

/** @throws GraphError for what real events can have and the sandbox does not keep */
export function refuseUnserved({ body, item }: Given): void {
  for (const name of ['attachments', 'extensions']) {
    const list = body[name] as readonly unknown[] | null | undefined;
    const isServed = name === 'attachments' && item === undefined;
    if (isServed || !list || list.length === 0) continue;
    const text = `The sandbox takes no ${name} here; add attachments with a new event, or to /events/{id}/attachments.`;
    throw new GraphError(400, 'ErrorInvalidRequest', text);
  }
}
