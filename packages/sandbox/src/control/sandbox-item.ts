import type { Attendee, CalendarItem, Importance, Response, Sensitivity, ShowAs } from '../calendar/item.js';
import type { Mailbox } from '../directory/mailbox.js';
import { itemChangeKey, itemId } from '../ews/item-id.js';

/** Somebody invited, with the answer so far. */
export interface SandboxAttendee {
  readonly name: string;
  readonly address: string;
  /** `Unknown` until somebody has answered. */
  readonly response: Response;
}

/** A stored calendar item as plain, frozen data: a copy of the moment at which it was asked for. */
export interface SandboxItem {
  /** The primary address of the mailbox that it is in. */
  readonly mailbox: string;
  /** The EWS ItemId. A move gives another one. */
  readonly id: string;
  readonly changeKey: string;
  readonly uid: string;
  /** The well-known name of its folder (`calendar`, `deleteditems`), or the display name of a folder somebody made. */
  readonly folder: string;
  readonly subject: string | undefined;
  /** `IPM.Appointment`, or a class below it. */
  readonly itemClass: string;
  readonly body: { readonly kind: 'HTML' | 'Text'; readonly content: string } | undefined;
  readonly location: string | undefined;
  /** ISO 8601 in UTC: `2026-11-22T10:00:00.000Z`. */
  readonly start: string;
  readonly end: string;
  /** The Windows identifier of the zone that the item is kept in. */
  readonly startTimeZone: string;
  readonly endTimeZone: string;
  readonly isAllDay: boolean;
  readonly isRecurring: boolean;
  readonly showAs: ShowAs;
  readonly sensitivity: Sensitivity;
  readonly importance: Importance;
  readonly categories: readonly string[];
  /** Minutes before the start; undefined without a reminder. */
  readonly reminderMinutes: number | undefined;
  readonly isReminderDismissed: boolean;
  readonly organizer: { readonly name: string; readonly address: string };
  readonly requiredAttendees: readonly SandboxAttendee[];
  readonly optionalAttendees: readonly SandboxAttendee[];
  readonly resources: readonly SandboxAttendee[];
  /** What the owner of the mailbox has answered; `Organizer` where it is the owner's own. */
  readonly myResponse: Response;
  /** Invitations were asked for, and went out. */
  readonly invitationsSent: boolean;
  readonly isCancelled: boolean;
  /** By names such as `String {5f9c1a52-8d4e-4f0b-9a3e-6c7d21b0e8f4} Name AppointedKey`; sets in lower case. */
  readonly extendedProperties: Readonly<Record<string, string | readonly string[]>>;
  readonly attachments: readonly { readonly name: string; readonly contentType: string; readonly size: number }[];
  /** ISO 8601 in UTC, by the sandbox's clock. */
  readonly created: string;
  readonly modified: string;
}

/** What is stored, as others see it. */
export function snapshot(item: CalendarItem, mailbox: Mailbox): SandboxItem {
  return freeze({
    mailbox: mailbox.address,
    id: itemId(mailbox, item.number),
    changeKey: itemChangeKey(mailbox, item.change),
    uid: item.uid,
    folder: item.folder.wellKnown ?? item.folder.display,
    subject: item.subject,
    itemClass: item.itemClass,
    body: item.body === undefined ? undefined : { kind: item.body.kind, content: item.body.content },
    location: item.location,
    start: iso(item.start),
    end: iso(item.end),
    startTimeZone: item.startZone.id,
    endTimeZone: item.endZone.id,
    isAllDay: item.isAllDay,
    isRecurring: item.recurrence !== undefined,
    showAs: item.showAs,
    sensitivity: item.sensitivity,
    importance: item.importance,
    categories: [...(item.categories ?? [])],
    reminderMinutes: item.hasReminder ? item.reminderMinutes : undefined,
    isReminderDismissed: item.reminderDismissed,
    organizer: { ...(item.organizer ?? { name: mailbox.name, address: mailbox.address }) },
    requiredAttendees: attendees(item.requiredAttendees),
    optionalAttendees: attendees(item.optionalAttendees),
    resources: attendees(item.resources),
    myResponse: item.myResponse,
    invitationsSent: item.wasSent,
    isCancelled: item.isCancelled,
    extendedProperties: Object.fromEntries(
      [...(item.properties ?? [])].map(([name, value]) => [name, typeof value === 'string' ? value : [...value]]),
    ),
    attachments: (item.attachments ?? []).map(({ name, contentType, content }) => ({
      name,
      contentType,
      size: content.length,
    })),
    created: iso(item.created),
    modified: iso(item.modified),
  });
}

function attendees(list: readonly Attendee[] | undefined): SandboxAttendee[] {
  return (list ?? []).map(({ name, address, response }) => ({ name, address, response }));
}

function iso(time: number): string {
  return new Date(time).toISOString();
}

/** Freezes data all the way down, so that a test cannot take its own change for the server's. */
function freeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const entry of Object.values(value)) freeze(entry);
  return Object.freeze(value);
}
