import type { CalendarItem } from '../calendar/item.js';
import type { MailboxCalendar } from '../calendar/mailbox-calendar.js';
import { type Exception, isSeries, occursOn } from '../calendar/series.js';
import type { Mailbox } from '../directory/mailbox.js';
import { canceledSubject } from './meeting-mail.js';
import type { Notice } from './notice.js';
import { meetingIn } from './received-meeting.js';

const CALLED_OFF = { showAs: 'Free', isCancelled: true } as const;

/** A person keeps the meeting, called off and free, until it is removed; a room drops it. */
export function receiveCancellation({ item, day }: Notice, mailbox: Mailbox, calendar: MailboxCalendar): void {
  const known = meetingIn(calendar, item.uid);
  if (known === undefined || known.organizer === undefined) return;
  if (day === undefined || !isSeries(known)) {
    if (mailbox.room) calendar.remove(known, 'deleted items');
    else {
      const traits = { isCancelled: true, sequence: item.sequence, exceptions: calledOff(known) };
      calendar.update(known, { subject: canceledSubject(known.subject), showAs: 'Free' }, traits);
    }
    return;
  }
  if (!occursOn(known, day) || known.exceptions?.get(day) === 'deleted') return;
  if (mailbox.room) calendar.deleteOccurrence(known, day);
  else {
    calendar.updateOccurrence(known, day, { subject: canceledSubject(item.subject), ...CALLED_OFF });
  }
}

/** Occurrences with content of their own are called off with their series. */
function calledOff({ exceptions, subject }: CalendarItem): CalendarItem['exceptions'] {
  if (exceptions === undefined) return undefined;
  const called = new Map<number, Exception>();
  for (const [day, own] of exceptions) {
    const itsSubject = own !== 'deleted' && 'subject' in own ? own.subject : subject;
    called.set(day, own === 'deleted' ? own : { ...own, subject: canceledSubject(itsSubject), ...CALLED_OFF });
  }
  return called;
}
