import type { Body } from '../calendar/item.js';
import type { MailboxCalendar } from '../calendar/mailbox-calendar.js';
import { isMessage } from '../calendar/meeting.js';
import { isSeries, occurrenceOn, overlaid } from '../calendar/series.js';
import type { Mailbox } from '../directory/mailbox.js';
import type { Meeting, Reply } from './meetings.js';
import { meetingIn } from './received-meeting.js';
import { hasTimeFor } from './room-decision.js';

const TEXTS: Readonly<Record<'Accept' | 'Decline', Body>> = {
  Accept: { kind: 'Text', content: 'Your request was accepted.' },
  Decline: { kind: 'Text', content: 'Your request was declined because there are conflicts.' },
};

/** The booking attendant of rooms: AutomateProcessing AutoAccept, for whoever asks. */
export class Rooms {
  constructor(private readonly meetings: { respond(meeting: Meeting, reply: Reply): unknown }) {}

  /** Accepts or declines what has been asked for, unless it is gone again, or was decided on before. */
  decide(mailbox: Mailbox, calendar: MailboxCalendar, uid: string, day: number | undefined): void {
    const series = meetingIn(calendar, uid);
    if (series === undefined || series.organizer === undefined || series.isCancelled) return;
    const meeting = meetingOn(mailbox, calendar, series, day);
    if (meeting !== undefined && meeting.item.myResponse === 'NoResponseReceived') {
      const answer = hasTimeFor(series, meeting.day, calendar) ? 'Accept' : 'Decline';
      this.meetings.respond(meeting, { answer, body: TEXTS[answer], sends: true, savesCopy: false });
    }
    for (const mail of calendar.withUid(uid)) {
      if (isMessage(mail) && mail.folder.wellKnown === 'inbox') calendar.remove(mail, 'deleted items');
    }
  }
}

function meetingOn(
  mailbox: Mailbox,
  calendar: MailboxCalendar,
  series: Meeting['series'],
  day: number | undefined,
): Meeting | undefined {
  if (day === undefined || !isSeries(series)) return { mailbox, calendar, series, item: series, day: undefined };
  const occurrence = occurrenceOn(series, day);
  return occurrence && { mailbox, calendar, series, item: overlaid(series, occurrence), day };
}
