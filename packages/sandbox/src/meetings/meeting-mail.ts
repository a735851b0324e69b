import type { CalendarItem, Response } from '../calendar/item.js';
import type { WellKnownFolder } from '../calendar/folder.js';
import type { MailboxCalendar } from '../calendar/mailbox-calendar.js';
import type { RequestType } from '../calendar/meeting.js';
import { sharedContent } from './meeting-content.js';
import type { Notice } from './notice.js';

const ANSWERS: Readonly<Partial<Record<Response, readonly [itemClass: string, prefix: string]>>> = {
  Accept: ['IPM.Schedule.Meeting.Resp.Pos', 'Accepted: '],
  Tentative: ['IPM.Schedule.Meeting.Resp.Tent', 'Tentative: '],
  Decline: ['IPM.Schedule.Meeting.Resp.Neg', 'Declined: '],
};

/** What stands before the subject of a meeting that takes place no more. */
const CANCELED = 'Canceled: ';

/** The subject of the mail. */
export function subjectOf({ kind, item, answer }: Notice): string {
  const subject = item.subject ?? '';
  if (kind === 'response') return (ANSWERS[answer ?? 'Accept']?.[1] ?? '') + subject;
  return kind === 'cancellation' ? canceledSubject(subject) : subject;
}

export function canceledSubject(subject: string | undefined): string {
  return subject?.startsWith(CANCELED) === true ? subject : CANCELED + (subject ?? '');
}

/** Puts the mail into a folder. @param requestType as it is for this reader */
export function fileMail(
  calendar: MailboxCalendar,
  folder: WellKnownFolder,
  notice: Notice,
  requestType: RequestType | undefined = notice.requestType,
): CalendarItem {
  const { kind, item, organizer, from, to, answer, day } = notice;
  const target = calendar.folder(folder);
  if (target === undefined) throw new Error(`the mailbox has no folder ${folder}`);
  const content = {
    ...sharedContent(item),
    subject: subjectOf(notice),
    itemClass: classOf(notice),
    hasReminder: false,
  };
  const sender = { name: from.name, address: from.address };
  return calendar.create(content, target, {
    organizer,
    wasSent: true,
    isCancelled: kind === 'cancellation',
    myResponse: 'NoResponseReceived',
    sequence: item.sequence,
    attachments: kind === 'response' ? undefined : item.attachments,
    exceptions: item.recurrence === undefined ? undefined : item.exceptions,
    meeting: { kind, from: sender, to, requestType, intended: item.showAs, answer, day, isRead: folder !== 'inbox' },
  });
}

function classOf({ kind, answer }: Notice): string {
  if (kind === 'request') return 'IPM.Schedule.Meeting.Request';
  return kind === 'cancellation' ? 'IPM.Schedule.Meeting.Canceled' : (ANSWERS[answer ?? 'Accept']?.[0] ?? '');
}
