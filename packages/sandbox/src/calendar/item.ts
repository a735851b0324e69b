import type { Folder } from './folder.js';
import type { MeetingMessage, ReceivedMeeting } from './meeting.js';
import type { Recurrence } from './recurrence.js';
import type { Exception } from './series.js';
import type { Zone } from './zone.js';

export type ShowAs = 'Free' | 'Tentative' | 'Busy' | 'OOF' | 'WorkingElsewhere' | 'NoData';
export type Sensitivity = 'Normal' | 'Personal' | 'Private' | 'Confidential';
export type Importance = 'Low' | 'Normal' | 'High';
export type Response = 'Unknown' | 'Organizer' | 'Tentative' | 'Accept' | 'Decline' | 'NoResponseReceived';

export interface Body {
  readonly kind: 'HTML' | 'Text';
  readonly content: string;
}

export interface Attendee {
  readonly name: string;
  readonly address: string;
  readonly response: Response;
  /** When the answer came. */
  readonly respondedAt: number | undefined;
}

export interface Attachment {
  readonly number: number;
  readonly name: string;
  readonly contentType: string;
  readonly contentId: string | undefined;
  readonly isInline: boolean;
  readonly content: Buffer;
  readonly modified: number;
}

/** A custom property's value, as text; a list for the array types. */
export type PropertyValue = string | readonly string[];

/** What people and programs put into an item. Times are milliseconds since 1970, UTC. */
export interface Content {
  subject: string | undefined;
  body: Body | undefined;
  location: string | undefined;
  start: number;
  end: number;
  startZone: Zone;
  endZone: Zone;
  isAllDay: boolean;
  showAs: ShowAs;
  sensitivity: Sensitivity;
  importance: Importance;
  categories: readonly string[] | undefined;
  hasReminder: boolean;
  reminderMinutes: number;
  requiredAttendees: readonly Attendee[] | undefined;
  optionalAttendees: readonly Attendee[] | undefined;
  resources: readonly Attendee[] | undefined;
  recurrence: Recurrence | undefined;
  isResponseRequested: boolean;
  allowNewTimeProposal: boolean;
  uid: string;
  itemClass: string;
  culture: string;
  /** Custom properties by name, in the notation `String {guid} Name AppointedKey` (see `property-name.ts`). */
  properties: ReadonlyMap<string, PropertyValue> | undefined;
  /** Plain values that the store keeps and does not interpret, by the protocol's own name for them. */
  others: ReadonlyMap<string, string> | undefined;
}

/** An item as it is stored. Only the mailbox's calendar changes it. */
export interface CalendarItem extends Content {
  /** Identifies the item in the whole store; a move gives another one, as it does on Exchange. */
  number: number;
  /** Its first number, which it keeps wherever it is moved. */
  readonly origin: number;
  /** Grows with every change, whoever makes it. */
  change: number;
  /** The log's number of the request that changed it last; undefined where it was no request, but somebody. */
  request: number | undefined;
  folder: Folder;
  /** Invitations have been sent. */
  wasSent: boolean;
  /** Somebody else's meeting: the organizer's address and name. */
  organizer: { readonly name: string; readonly address: string } | undefined;
  /** What a meeting that was received has, and what mail about one has; undefined for everything else. */
  meeting: ReceivedMeeting | MeetingMessage | undefined;
  isCancelled: boolean;
  myResponse: Response;
  sequence: number;
  created: number;
  modified: number;
  attachments: readonly Attachment[] | undefined;
  reminderDismissed: boolean;
  /** Of a series: what differs, by the occurrence's day in the pattern. */
  exceptions: ReadonlyMap<number, Exception> | undefined;
}

/** What a store sets besides the content: who an item came from, and what has become of it. */
export type Traits = Pick<
  CalendarItem,
  'wasSent' | 'organizer' | 'meeting' | 'isCancelled' | 'myResponse' | 'sequence' | 'attachments' | 'exceptions'
>;

export function isMeeting(item: CalendarItem): boolean {
  return item.requiredAttendees !== undefined || item.optionalAttendees !== undefined || item.resources !== undefined;
}
