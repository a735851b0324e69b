import type { MailboxCalendar } from '../calendar/mailbox-calendar.js';
import { isSeries, occursOn } from '../calendar/series.js';
import type { Mailbox } from '../directory/mailbox.js';
import { canceledSubject } from './meeting-mail.js';
import type { Notice } from './notice.js';
import { meetingIn } from './received-meeting.js';

/** A person keeps the meeting, called off and free, until it is removed; a room drops it. */
export function receiveCancellation({ item, day }: Notice, mailbox: Mailbox, calendar: MailboxCalendar): void {
  const known = meetingIn(calendar, item.uid);
  if (known === undefined || known.organizer === undefined) return;
  if (day === undefined || !isSeries(known)) {
    if (mailbox.room) calendar.remove(known, 'deleted items');
    else {
      const traits = { isCancelled: true, sequence: item.sequence, exceptions: known.exceptions };
      calendar.update(known, { subject: canceledSubject(known.subject), showAs: 'Free' }, traits);
    }
    return;
  }
  if (!occursOn(known, day) || known.exceptions?.get(day) === 'deleted') return;
  if (mailbox.room) calendar.deleteOccurrence(known, day);
  else {
    const called = { subject: canceledSubject(item.subject), showAs: 'Free', isCancelled: true } as const;
    calendar.updateOccurrence(known, day, called);
  }
}
