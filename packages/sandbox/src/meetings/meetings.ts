import type { CalendarStore } from '../calendar/calendar-store.js';
import { type Body, type CalendarItem, type Response, isMeeting } from '../calendar/item.js';
import type { MailboxCalendar } from '../calendar/mailbox-calendar.js';
import type { MessageItem, Person } from '../calendar/meeting.js';
import { isSeries } from '../calendar/series.js';
import type { Directory } from '../directory/directory.js';
import type { Mailbox } from '../directory/mailbox.js';
import type { MailRecord, Outbox } from '../mail/outbox.js';
import { DeliveryQueue } from './delivery-queue.js';
import { invitedTo, without } from './invited.js';
import { concernsEverybody, isSignificant, shownUntilAnswered } from './meeting-content.js';
import type { Notice } from './notice.js';
import { PostOffice } from './post-office.js';
import { putIntoCalendar } from './receive-request.js';
import { receive } from './receive.js';
import { meetingIn } from './received-meeting.js';
import { Rooms } from './rooms.js';
import type { Sending } from './sending.js';

/** A meeting in somebody's calendar, or one occurrence of it. */
export interface Meeting {
  readonly mailbox: Mailbox;
  readonly calendar: MailboxCalendar;
  /** What is stored; for an occurrence, its series. */
  readonly series: CalendarItem;
  /** The same; for an occurrence, with its own content laid over it. */
  readonly item: CalendarItem;
  /** The occurrence, by its day in the pattern. */
  readonly day: number | undefined;
}

/** An answer, and what becomes of the mail that says it. */
export interface Reply {
  readonly answer: Extract<Response, 'Accept' | 'Tentative' | 'Decline'>;
  /** What the person writes to the organizer. */
  readonly body: Body | undefined;
  readonly sends: boolean;
  readonly savesCopy: boolean;
}

interface Surroundings {
  readonly directory: Directory;
  readonly store: CalendarStore;
  readonly outbox: Outbox;
  readonly now: () => number;
  /** How long mail takes, and a room's decision. */
  readonly delayMs: number;
}

/**
 * The life of meetings, whatever protocol asks for it: invitations, answers, updates, cancellations. What it tells
 * others arrives a moment later; {@link Meetings.queue} knows when all has.
 */
export class Meetings {
  readonly queue: DeliveryQueue;
  private readonly post: PostOffice;

  constructor({ directory, store, outbox, now, delayMs }: Surroundings) {
    this.queue = new DeliveryQueue(delayMs);
    const rooms = new Rooms(this);
    this.post = new PostOffice({ directory, store, outbox, queue: this.queue, now }, (notice, mailbox) => {
      const calendar = store.of(mailbox);
      receive(notice, mailbox, calendar);
      if (mailbox.room && notice.kind === 'request') {
        this.queue.put(() => rooms.decide(mailbox, calendar, notice.item.uid, notice.day));
      }
    });
  }

  /** Invites everybody. @returns false where nobody was to be invited, or mail does not go out */
  invite(meeting: Meeting, sending: Sending): boolean {
    if (sending.to === 'none' || !isOrganized(meeting.item)) return false;
    const to = invitedTo(meeting.item, meeting.mailbox);
    // A meeting of the organizer with nobody else is a sent one as well; there is no mail that could fail.
    const isSent = to.length === 0 || this.tell(request(meeting, to, 'NewMeetingRequest'), 'request', sending);
    if (!isSent) return false;
    meeting.calendar.markSent(meeting.series);
    return true;
  }

  /**
   * Tells of a change: requests to who is new, cancellations to who has been taken out, and updates to the others, if
   * all are meant or the change concerns them. Another time makes earlier answers void.
   * @param before the item as it was @returns whether something went out
   */
  update(meeting: Meeting, before: CalendarItem, sending: Sending): boolean {
    const { item, mailbox, calendar, series, day } = meeting;
    // An item that nobody is invited to any more is no meeting, and its last people are told so.
    if (sending.to === 'none' || item.organizer !== undefined) return false;
    const old = before.wasSent ? invitedTo(before, mailbox) : [];
    const now = invitedTo(item, mailbox);
    const isNewTime = before.wasSent && isSignificant(before, item);
    if (isNewTime && day === undefined) calendar.renew(series);
    const added = without(now, old);
    const kept = sending.to === 'all' || concernsEverybody(before, item) ? without(now, added) : [];
    const results = new Set([
      this.tell(cancellation(meeting, without(old, now)), 'cancellation', sending),
      this.tell(request(meeting, added, 'NewMeetingRequest'), 'request', sending),
      this.tell(request(meeting, kept, isNewTime ? 'FullUpdate' : 'InformationalUpdate'), 'update', sending),
    ]);
    if (results.has(true)) calendar.markSent(series);
    return results.has(true);
  }

  /**
   * Tells everybody that the meeting takes place no more. What becomes of the organizer's own item is the caller's matter.
   * @returns the copy in Sent Items, if one was asked for
   */
  cancel(meeting: Meeting, sending: Sending, body?: Body): CalendarItem | undefined {
    if (sending.to === 'none' || !isOrganized(meeting.item)) return undefined;
    const item = { ...meeting.item, sequence: meeting.item.sequence + 1, ...(body === undefined ? {} : { body }) };
    const notice = cancellation({ ...meeting, item }, invitedTo(item, meeting.mailbox));
    const sent = notice.to.length > 0 && this.post.send(notice, 'cancellation', sending.savesCopy);
    return sent === false ? undefined : sent.copy;
  }

  /** The meeting that a request is about, as it is in its reader's calendar; it is put there again where it has been removed. */
  meetingOf(mail: MessageItem, calendar: MailboxCalendar): CalendarItem {
    const known = meetingIn(calendar, mail.uid);
    if (known !== undefined) return known;
    const { organizer, meeting } = mail;
    if (organizer === undefined) throw new Error('mail about a meeting names its organizer');
    return putIntoCalendar({ item: { ...mail, showAs: meeting.intended }, organizer }, calendar);
  }

  /**
   * Answers an invitation. A meeting that is declined goes to Deleted Items.
   * @returns the copy in Sent Items, if one was asked for
   */
  respond(meeting: Meeting, { answer, body, sends, savesCopy }: Reply): CalendarItem | undefined {
    const { item, series, calendar, mailbox, day } = meeting;
    const { organizer } = item;
    if (organizer === undefined) throw new Error('an organizer does not answer');
    const response = { kind: 'response', from: mailbox, to: [organizer], organizer, day, answer } as const;
    const notice: Notice = { ...response, item: { ...item, body }, requestType: undefined };
    const sent = sends && this.post.send(notice, 'response', savesCopy);
    const intended = item.meeting?.kind === 'received' ? item.meeting.intended : 'Busy';
    const showAs = answer === 'Accept' ? intended : shownUntilAnswered(intended);
    if (day !== undefined && isSeries(series)) {
      if (answer === 'Decline') calendar.deleteOccurrence(series, day);
      else calendar.updateOccurrence(series, day, { myResponse: answer, showAs });
    } else {
      calendar.reply(series, answer, showAs);
      if (answer === 'Decline') calendar.remove(series, 'deleted items');
    }
    return sent === false ? undefined : sent.copy;
  }

  /** @returns whether it goes out */
  private tell(notice: Notice, kind: MailRecord['kind'], { savesCopy }: Sending): boolean {
    return notice.to.length > 0 && this.post.send(notice, kind, savesCopy) !== false;
  }
}

/** Only its organizer tells others of a meeting. */
function isOrganized(item: CalendarItem): boolean {
  return isMeeting(item) && item.organizer === undefined;
}

function request(meeting: Meeting, to: readonly Person[], requestType: NonNullable<Notice['requestType']>): Notice {
  return { ...organizersNotice(meeting, to), kind: 'request', requestType };
}

function cancellation(meeting: Meeting, to: readonly Person[]): Notice {
  return { ...organizersNotice(meeting, to), kind: 'cancellation', requestType: undefined };
}

function organizersNotice(
  { item, mailbox, day }: Meeting,
  to: readonly Person[],
): Omit<Notice, 'kind' | 'requestType'> {
  return {
    from: mailbox,
    to,
    item,
    organizer: { name: mailbox.name, address: mailbox.address },
    day,
    answer: undefined,
  };
}
