import type { GraphOperation } from '../call.js';
import { createAttachment, deleteAttachment, getAttachment, listAttachments } from './attachments.js';
import { calendarView } from './calendar-view.js';
import { getCalendar, listCalendars } from './calendars.js';
import { cancelEvent } from './cancel-event.js';
import { createEvent } from './create-event.js';
import { deleteEvent } from './delete-event.js';
import { getEvent } from './get-event.js';
import { getMailboxSettings } from './get-mailbox-settings.js';
import { getUser } from './get-user.js';
import { listEvents } from './list-events.js';
import { listInstances } from './list-instances.js';
import { updateEvent } from './update-event.js';

/** What Graph serves, by the names that fault rules and the log have for it. `{calendar}` stands in for the owner's own. */
export const graphOperations: ReadonlyMap<string, GraphOperation> = new Map([
  ['GET /users/{id}', getUser],
  ['GET /users/{id}/mailboxSettings', getMailboxSettings],
  ['GET /users/{id}/calendar', getCalendar],
  ['GET /users/{id}/calendars', listCalendars],
  ['GET /users/{id}/calendarView', calendarView],
  ['GET /users/{id}/events', listEvents],
  ['POST /users/{id}/events', createEvent],
  ['GET /users/{id}/events/{event}', getEvent],
  ['PATCH /users/{id}/events/{event}', updateEvent],
  ['DELETE /users/{id}/events/{event}', deleteEvent],
  ['POST /users/{id}/events/{event}/cancel', cancelEvent],
  ['GET /users/{id}/events/{event}/instances', listInstances],
  ['GET /users/{id}/events/{event}/attachments', listAttachments],
  ['POST /users/{id}/events/{event}/attachments', createAttachment],
  ['GET /users/{id}/events/{event}/attachments/{attachment}', getAttachment],
  ['DELETE /users/{id}/events/{event}/attachments/{attachment}', deleteAttachment],
]);

/** What the directory answers, whatever mailbox its user has. */
export const DIRECTORY_OPERATIONS: ReadonlySet<string> = new Set(['GET /users/{id}']);
