import type { CalendarItem } from '../calendar/item.js';
import type { MailboxCalendar } from '../calendar/mailbox-calendar.js';
import { isMessage } from '../calendar/meeting.js';

/**
 * What a mailbox's default calendar has of a meeting. A copy that its owner has deleted or dragged away is no longer
 * there: the next update makes another one, as on Exchange.
 */
export function meetingIn(calendar: MailboxCalendar, uid: string): CalendarItem | undefined {
  return calendar.withUid(uid).find((item) => !isMessage(item) && item.folder.wellKnown === 'calendar');
}
