import type { CalendarItem, Response, ShowAs } from './item.js';

export interface Person {
  readonly name: string;
  readonly address: string;
}

/** What an invited person's copy of a meeting has beyond the meeting itself. */
export interface ReceivedMeeting {
  readonly kind: 'received';
  /** How the organizer wants the time to be shown once the invitation is accepted. */
  readonly intended: ShowAs;
  readonly repliedAt: number | undefined;
}

/** What a request asks for: an answer to something new, a new answer, or nothing but attention. */
export type RequestType = 'NewMeetingRequest' | 'FullUpdate' | 'InformationalUpdate';

/** What mail about a meeting has beyond the meeting itself: it is kept as an item whose content is the meeting's. */
export interface MeetingMessage {
  readonly kind: 'request' | 'cancellation' | 'response';
  readonly from: Person;
  readonly to: readonly Person[];
  /** Of a request. */
  readonly requestType: RequestType | undefined;
  readonly intended: ShowAs;
  /** Of a response: the answer. */
  readonly answer: Response | undefined;
  /** The occurrence of a series that it is about, by its day in the pattern. */
  readonly day: number | undefined;
  readonly isRead: boolean;
}

/** Mail about a meeting; it is in a mailbox's folders as appointments are. */
export type MessageItem = CalendarItem & { meeting: MeetingMessage };

export function isMessage(item: CalendarItem): item is MessageItem {
  return item.meeting !== undefined && item.meeting.kind !== 'received';
}
