import type { CalendarItem } from '../../calendar/item.js';
import { isMessage } from '../../calendar/meeting.js';
import { calendarFields } from './calendar-fields.js';
import type { Field } from './field.js';
import { itemFieldsAfter, itemFieldsBefore } from './item-fields.js';
import { meetingMessageFields, messageFields, requestFields } from './message-fields.js';

/** An element for items, and its properties in the schema's order; extended properties go between the two lists. */
export interface Layout {
  readonly element: string;
  readonly before: readonly Field[];
  readonly after: readonly Field[];
}

export const calendarItem: Layout = {
  element: 't:CalendarItem',
  before: itemFieldsBefore,
  after: [...itemFieldsAfter, ...calendarFields],
};

const IN_EVERY_MESSAGE = ['calendar:UID', 'calendar:RecurrenceId', 'calendar:DateTimeStamp', 'calendar:IsOrganizer'];
const ONLY_IN_ITEMS = new Set([...IN_EVERY_MESSAGE, 'calendar:IsResponseRequested']);
const IN_ANSWERS = new Set(
  ['Start', 'End', 'Location', 'Recurrence', 'CalendarItemType'].map((name) => `calendar:${name}`),
);

const mail = [
  ...itemFieldsAfter,
  ...messageFields,
  ...meetingMessageFields,
  ...calendarFields.filter(({ uri }) => IN_EVERY_MESSAGE.includes(uri)),
];

const ofAnswers = [...mail, ...calendarFields.filter(({ uri }) => IN_ANSWERS.has(uri))];

/** Of mail about meetings, by its kind. */
const layouts = {
  request: {
    element: 't:MeetingRequest',
    before: itemFieldsBefore,
    after: [...mail, ...requestFields, ...calendarFields.filter(({ uri }) => !ONLY_IN_ITEMS.has(uri))],
  },
  response: { element: 't:MeetingResponse', before: itemFieldsBefore, after: ofAnswers },
  cancellation: { element: 't:MeetingCancellation', before: itemFieldsBefore, after: ofAnswers },
} satisfies Record<string, Layout>;

export const allLayouts: readonly Layout[] = [calendarItem, ...Object.values(layouts)];

export function layoutOf(item: CalendarItem): Layout {
  return isMessage(item) ? layouts[item.meeting.kind] : calendarItem;
}
