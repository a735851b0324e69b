import type { Response } from '../calendar/item.js';
import type { MeetingMessage, MessageItem, RequestType } from '../calendar/meeting.js';
import type { Mailbox } from '../directory/mailbox.js';
import { itemId } from '../ews/item-id.js';

/** Mail about a meeting that is in a mailbox: a copy of the moment at which it was asked for. */
export interface MeetingMail {
  /** The primary address of the mailbox that it is in. */
  readonly mailbox: string;
  /** The EWS ItemId. A move gives another one. */
  readonly id: string;
  /** The well-known name of its folder (`inbox`, `sentitems`, `deleteditems`), or the display name of one somebody made. */
  readonly folder: string;
  readonly kind: MeetingMessage['kind'];
  /** `IPM.Schedule.Meeting.Request` and its kin. */
  readonly itemClass: string;
  readonly subject: string;
  readonly from: string;
  readonly to: readonly string[];
  /** The UID of the meeting that it is about. */
  readonly uid: string;
  /** Of a request. */
  readonly requestType: RequestType | undefined;
  /** Of a response. */
  readonly answer: Response | undefined;
  readonly isRead: boolean;
}

export function mailSnapshot({ meeting, ...item }: MessageItem, mailbox: Mailbox): MeetingMail {
  return Object.freeze({
    mailbox: mailbox.address,
    id: itemId(mailbox, item.number),
    folder: item.folder.wellKnown ?? item.folder.display,
    kind: meeting.kind,
    itemClass: item.itemClass,
    subject: item.subject ?? '',
    from: meeting.from.address,
    to: Object.freeze(meeting.to.map(({ address }) => address)),
    uid: item.uid,
    requestType: meeting.requestType,
    answer: meeting.answer,
    isRead: meeting.isRead,
  });
}
