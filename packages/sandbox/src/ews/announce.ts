import type { CalendarItem } from '../calendar/item.js';
import type { Mailbox } from '../directory/mailbox.js';
import type { MailRecord } from '../mail/outbox.js';
import type { Call } from './call.js';

/** A meeting, and the mailbox of its organizer. */
interface Meeting {
  readonly item: CalendarItem;
  readonly mailbox: Mailbox;
}

/** Sends invitations as SendMeetingInvitations says. @returns whether they went out */
export function invite(meeting: Meeting, sending: string, call: Call): boolean {
  if (sending === 'SendToNone') return false;
  return send('request', addressesOf(meeting.item), meeting, sending, call);
}

/**
 * Sends what SendMeetingInvitationsOrCancellations says about a change: requests to who is new, cancellations to who
 * has been taken out, and, where all are meant, updates to the others.
 * @returns whether something went out
 */
export function announceChange(meeting: Meeting, before: readonly string[], sending: string, call: Call): boolean {
  if (sending === 'SendToNone') return false;
  const after = addressesOf(meeting.item);
  const removed = before.filter((address) => !after.includes(address));
  const added = after.filter((address) => !before.includes(address));
  const kept = sending.includes('Changed') ? [] : after.filter((address) => before.includes(address));
  const results = [
    send('cancellation', removed, meeting, sending, call),
    send('request', added, meeting, sending, call),
    send('update', kept, meeting, sending, call),
  ];
  return results.includes(true);
}

/** Sends cancellations as SendMeetingCancellations says. */
export function announceCancellation(meeting: Meeting, sending: string, call: Call): void {
  if (sending !== 'SendToNone') send('cancellation', addressesOf(meeting.item), meeting, sending, call);
}

/** Everybody invited. */
export function addressesOf(item: CalendarItem): string[] {
  return [item.requiredAttendees, item.optionalAttendees, item.resources].flatMap(
    (list) => list?.map(({ address }) => address) ?? [],
  );
}

function send(
  kind: MailRecord['kind'],
  to: readonly string[],
  { item, mailbox }: Meeting,
  sending: string,
  call: Call,
): boolean {
  // Only the organizer's copy of a meeting makes mail.
  if (to.length === 0 || item.organizer !== undefined) return false;
  return call.outbox.send({
    at: new Date(call.now()).toISOString(),
    kind,
    from: mailbox.address,
    to,
    subject: item.subject ?? '',
    uid: item.uid,
    savesCopy: sending.endsWith('AndSaveCopy'),
  });
}
