import type { CalendarItem } from '../calendar/item.js';
import type { MailboxCalendar } from '../calendar/mailbox-calendar.js';
import { isMessage } from '../calendar/meeting.js';
import { isSeries } from '../calendar/series.js';
import type { Mailbox } from '../directory/mailbox.js';
import { fileMail } from './meeting-mail.js';
import type { Notice } from './notice.js';
import { receiveCancellation } from './receive-cancellation.js';
import { receiveRequest } from './receive-request.js';

/** What a notice does to the mailbox of somebody whom it reaches: mail in the inbox, and a change in the calendar. */
export function receive(notice: Notice, mailbox: Mailbox, calendar: MailboxCalendar): void {
  switch (notice.kind) {
    case 'request':
      fileMail(calendar, 'inbox', notice, receiveRequest(notice, calendar));
      break;
    case 'cancellation':
      receiveCancellation(notice, mailbox, calendar);
      fileMail(calendar, 'inbox', notice);
      break;
    default:
      receiveAnswer(notice, calendar);
      fileMail(calendar, 'inbox', notice);
  }
}

/** The organizer's own item of a meeting, in whichever calendar. */
export function organizedMeeting(calendar: MailboxCalendar, uid: string): CalendarItem | undefined {
  return calendar
    .withUid(uid)
    .find((item) => !isMessage(item) && item.organizer === undefined && item.folder.kind.startsWith('IPF.Appointment'));
}

function receiveAnswer({ item: answered, answer, from, day }: Notice, calendar: MailboxCalendar): void {
  const item = organizedMeeting(calendar, answered.uid);
  // An answer to what the meeting was before its last move counts no longer.
  if (item === undefined || answer === undefined || answered.sequence < item.sequence) return;
  for (const address of [from.address, ...from.aliases]) {
    const counts =
      day !== undefined && isSeries(item)
        ? calendar.answerOccurrence(item, day, address, answer)
        : calendar.answer(item, address, answer);
    if (counts) return;
  }
}
