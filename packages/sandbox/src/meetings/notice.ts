import type { CalendarItem, Response } from '../calendar/item.js';
import type { MeetingMessage, Person, RequestType } from '../calendar/meeting.js';
import type { Mailbox } from '../directory/mailbox.js';

/** What one person tells others about a meeting, as it was when it was told. */
export interface Notice {
  readonly kind: MeetingMessage['kind'];
  readonly from: Mailbox;
  readonly to: readonly Person[];
  /** The meeting; for an occurrence, the series with the occurrence's own content laid over it. */
  readonly item: CalendarItem;
  readonly organizer: Person;
  /** The occurrence that it is about, by its day in the pattern; undefined for all of the meeting. */
  readonly day: number | undefined;
  /** Of a request. */
  readonly requestType: RequestType | undefined;
  /** Of a response. */
  readonly answer: Response | undefined;
}

/** The same, and what a later change of the item does not touch any more. */
export function noticeOf(notice: Notice): Notice {
  return { ...notice, item: { ...notice.item } };
}
