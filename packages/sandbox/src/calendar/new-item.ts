import type { Folder } from './folder.js';
import type { CalendarItem, Content } from './item.js';
import { settleTiming } from './timing.js';
import { newUid } from './unique-id.js';
import { utc } from './zone.js';

/** What an item is made of: everything may be left out, and gets Exchange's default. */
export type Draft = Partial<Content>;

const HALF_AN_HOUR = 1_800_000;

interface Made {
  readonly number: number;
  readonly change: number;
  readonly folder: Folder;
  readonly now: number;
}

/** A new item: the draft, the defaults, and what the store knows. @throws CalendarError */
export function newItem(draft: Draft, made: Made): CalendarItem {
  return settle(complete(draft, made.now), made);
}

/** Field by field: with a spread, V8 makes a dictionary of it, four times the size and as much slower. */
function settle(content: Content, made: Made): CalendarItem {
  const { start, end, recurrence } = settleTiming(content);
  return {
    subject: content.subject,
    body: content.body,
    location: content.location,
    start,
    end,
    startZone: content.startZone,
    endZone: content.endZone,
    isAllDay: content.isAllDay,
    showAs: content.showAs,
    sensitivity: content.sensitivity,
    importance: content.importance,
    categories: content.categories,
    hasReminder: content.hasReminder,
    reminderMinutes: content.reminderMinutes,
    requiredAttendees: content.requiredAttendees,
    optionalAttendees: content.optionalAttendees,
    resources: content.resources,
    recurrence,
    isResponseRequested: content.isResponseRequested,
    allowNewTimeProposal: content.allowNewTimeProposal,
    uid: content.uid,
    itemClass: content.itemClass,
    culture: content.culture,
    properties: content.properties,
    others: content.others,
    number: made.number,
    origin: made.number,
    change: made.change,
    request: undefined,
    folder: made.folder,
    wasSent: false,
    organizer: undefined,
    meeting: undefined,
    isCancelled: false,
    myResponse: 'Organizer',
    sequence: 0,
    created: made.now,
    modified: made.now,
    attachments: undefined,
    reminderDismissed: false,
    exceptions: undefined,
  };
}

function complete(draft: Draft, now: number): Content {
  const start = draft.start ?? Math.ceil(now / HALF_AN_HOUR) * HALF_AN_HOUR;
  return {
    subject: draft.subject,
    body: draft.body,
    location: draft.location,
    start,
    end: draft.end ?? start + HALF_AN_HOUR,
    startZone: draft.startZone ?? utc,
    endZone: draft.endZone ?? draft.startZone ?? utc,
    isAllDay: draft.isAllDay ?? false,
    showAs: draft.showAs ?? 'Busy',
    sensitivity: draft.sensitivity ?? 'Normal',
    importance: draft.importance ?? 'Normal',
    categories: draft.categories,
    hasReminder: draft.hasReminder ?? true,
    reminderMinutes: draft.reminderMinutes ?? 15,
    requiredAttendees: draft.requiredAttendees,
    optionalAttendees: draft.optionalAttendees,
    resources: draft.resources,
    recurrence: draft.recurrence,
    isResponseRequested: draft.isResponseRequested ?? true,
    allowNewTimeProposal: draft.allowNewTimeProposal ?? true,
    uid: draft.uid ?? newUid(now),
    itemClass: draft.itemClass ?? 'IPM.Appointment',
    culture: draft.culture ?? 'en-US',
    properties: draft.properties,
    others: draft.others,
  };
}
