import type { CalendarItem, Traits } from '../calendar/item.js';
import type { MailboxCalendar } from '../calendar/mailbox-calendar.js';
import type { ReceivedMeeting, RequestType } from '../calendar/meeting.js';
import { isSeries } from '../calendar/series.js';
import { sharedContent, sharedExceptions, shownUntilAnswered } from './meeting-content.js';
import type { Notice } from './notice.js';
import { meetingIn } from './received-meeting.js';

/** Puts the meeting into the calendar, tentatively, or brings what is there up to date. @returns what the request is to its reader */
export function receiveRequest(notice: Notice, calendar: MailboxCalendar): RequestType | undefined {
  const { item, day } = notice;
  const known = meetingIn(calendar, item.uid);
  if (known === undefined) {
    putIntoCalendar(notice, calendar);
    return 'NewMeetingRequest';
  }
  // One's own meeting of the same UID is not somebody else's to change.
  if (known.organizer === undefined) return notice.requestType;
  if (day !== undefined && isSeries(known)) updateOccurrence(known, day, notice, calendar);
  else update(known, notice, calendar);
  return notice.requestType;
}

/** A meeting that is not there yet: tentative, and not answered. */
export function putIntoCalendar(
  { item, organizer }: Pick<Notice, 'item' | 'organizer'>,
  calendar: MailboxCalendar,
): CalendarItem {
  const folder = calendar.folder('calendar');
  if (folder === undefined) throw new Error('every mailbox has a calendar');
  return calendar.create({ ...sharedContent(item), showAs: shownUntilAnswered(item.showAs) }, folder, {
    organizer,
    wasSent: true,
    myResponse: 'NoResponseReceived',
    ...travelling(item),
    meeting: received(item),
  });
}

function update(known: CalendarItem, { item, organizer, requestType }: Notice, calendar: MailboxCalendar): void {
  const asksAgain = requestType !== 'InformationalUpdate' || known.isCancelled;
  const isAccepted = known.myResponse === 'Accept' && !asksAgain;
  const showAs = isAccepted ? item.showAs : shownUntilAnswered(item.showAs);
  calendar.update(
    known,
    { ...sharedContent(item), showAs },
    {
      ...travelling(item),
      organizer,
      isCancelled: false,
      myResponse: asksAgain ? 'NoResponseReceived' : known.myResponse,
      meeting: received(item, asksAgain ? undefined : known.meeting),
    },
  );
}

function updateOccurrence(
  known: CalendarItem & Parameters<MailboxCalendar['updateOccurrence']>[0],
  day: number,
  { item, requestType }: Notice,
  calendar: MailboxCalendar,
): void {
  if (known.exceptions?.get(day) === 'deleted') return;
  const { recurrence: _recurrence, uid: _uid, ...content } = sharedContent(item);
  const asksAgain = requestType !== 'InformationalUpdate';
  calendar.updateOccurrence(known, day, {
    ...content,
    ...(asksAgain ? { myResponse: 'NoResponseReceived', showAs: shownUntilAnswered(item.showAs) } : {}),
  });
}

/** What travels besides the content. */
function travelling(item: CalendarItem): Partial<Traits> {
  const { sequence, attachments } = item;
  return { sequence, attachments, exceptions: isSeries(item) ? sharedExceptions(item) : undefined };
}

function received(item: CalendarItem, before?: CalendarItem['meeting']): ReceivedMeeting {
  const repliedAt = before?.kind === 'received' ? before.repliedAt : undefined;
  return { kind: 'received', intended: item.showAs, repliedAt };
}
