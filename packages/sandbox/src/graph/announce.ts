import type { CalendarItem } from '../calendar/item.js';
import type { Meeting } from '../meetings/meetings.js';
import type { Sending } from '../meetings/sending.js';
import type { GraphCall } from './call.js';
import type { EventView } from './event-view.js';
import { isDraft } from './fields/people-fields.js';

/** Graph has no "send to none": mail goes out, and a copy stays in Sent Items. */
const TO_ALL: Sending = { to: 'all', savesCopy: true };
const TO_CHANGED: Sending = { to: 'changed', savesCopy: true };

/** What only the owner sees: changing it tells nobody. */
const PRIVATE = new Set([
  'categories',
  'isReminderOn',
  'reminderMinutesBeforeStart',
  'showAs',
  'transactionId',
  'singleValueExtendedProperties',
  'multiValueExtendedProperties',
]);

/** Sends the invitations of a new event, or of one that was a draft so far. */
export function sendInvitations(view: EventView, { meetings }: GraphCall): void {
  meetings.invite(meetingOf(view), TO_ALL);
}

/**
 * Tells the people who are invited about a change: all of them, or, where nothing but them has changed, those who have.
 * @param before what it was @param changed the properties that the request has
 */
export function announceUpdate(
  before: CalendarItem,
  after: EventView,
  changed: readonly string[],
  { meetings }: GraphCall,
): void {
  if (!before.wasSent && isDraft(before)) return;
  const concerns = changed.filter((name) => !PRIVATE.has(name));
  if (concerns.length === 0) return;
  meetings.update(meetingOf(after), before, concerns.every((name) => name === 'attendees') ? TO_CHANGED : TO_ALL);
}

/** Tells the people who are invited that nothing comes of it; of a draft, nobody has heard. */
export function announceEnd(view: EventView, { meetings }: GraphCall, comment?: string): void {
  if (isDraft(view.item)) return;
  const body = comment === undefined ? undefined : ({ kind: 'Text', content: comment } as const);
  meetings.cancel(meetingOf(view), TO_ALL, body);
}

function meetingOf({ mailbox, calendar, stored, item, occurrence }: EventView): Meeting {
  return { mailbox, calendar, series: stored, item, day: occurrence?.day };
}
