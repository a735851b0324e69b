import type { Draft } from '../calendar/mailbox-calendar.js';
import { type Given } from './fields/event-field.js';
import { eventFields, refuseUnserved, takeProperties } from './fields/event-fields.js';
import { checkAllDay } from './fields/time-fields.js';

/** What a body makes of an event. @throws GraphError for what means nothing */
export function readContent(given: Given): Draft {
  const draft: Draft = {};
  refuseUnserved(given);
  for (const { name, take } of eventFields) {
    const value = given.body[name];
    if (value !== undefined) take?.(draft, value, given);
  }
  takeProperties(draft, given);
  checkAllDay(draft, given);
  return draft;
}
