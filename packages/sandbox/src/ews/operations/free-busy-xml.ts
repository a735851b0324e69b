import { type ShowAs, isMeeting } from '../../calendar/item.js';
import { type Zone, wallTime } from '../../calendar/zone.js';
import type { Mailbox } from '../../directory/mailbox.js';
import { type BusyTime, mergedTimes } from '../../meetings/free-busy.js';
import { element } from '../escape.js';
import { itemId, occurrenceId } from '../item-id.js';

/** What GetUserAvailability asks for, in milliseconds. */
export interface Window {
  readonly from: number;
  readonly until: number;
  /** The zone that answers are told in. */
  readonly zone: Zone;
  readonly intervalMs: number;
  readonly view: string;
}

/** The digits of MergedFreeBusy. */
const DIGITS: Readonly<Record<ShowAs, number>> = {
  Free: 0,
  Tentative: 1,
  Busy: 2,
  OOF: 3,
  WorkingElsewhere: 4,
  NoData: 5,
};

/** One digit for each interval of the time. */
export function mergedXml(times: readonly BusyTime[], { from, until, intervalMs }: Window): string {
  const digits = mergedTimes(times, from, until, intervalMs).map((showAs) => DIGITS[showAs]);
  return `<t:MergedFreeBusy>${digits.join('')}</t:MergedFreeBusy>`;
}

/** @param owner set where the details are told as well */
export function eventsXml(times: readonly BusyTime[], { zone }: Window, owner: Mailbox | undefined): string {
  if (times.length === 0) return '';
  const events = times.map(
    (time) =>
      `<t:CalendarEvent><t:StartTime>${local(time.start, zone)}</t:StartTime>` +
      `<t:EndTime>${local(time.end, zone)}</t:EndTime><t:BusyType>${time.showAs}</t:BusyType>` +
      `${owner === undefined ? '' : detailsXml(time, owner)}</t:CalendarEvent>`,
  );
  return `<t:CalendarEventArray>${events.join('')}</t:CalendarEventArray>`;
}

function detailsXml({ item, occurrence }: BusyTime, owner: Mailbox): string {
  const id = occurrence === undefined ? itemId(owner, item.number) : occurrenceId(owner, item.number, occurrence.day);
  return (
    `<t:CalendarEventDetails>${element('t:ID', Buffer.from(id, 'base64').toString('hex').toUpperCase())}` +
    element('t:Subject', item.subject ?? '') +
    element('t:Location', item.location ?? '') +
    `<t:IsMeeting>${isMeeting(item)}</t:IsMeeting><t:IsRecurring>${occurrence !== undefined}</t:IsRecurring>` +
    `<t:IsException>${occurrence?.isException ?? false}</t:IsException>` +
    `<t:IsReminderSet>${item.hasReminder}</t:IsReminderSet><t:IsPrivate>${item.sensitivity === 'Private'}</t:IsPrivate>` +
    '</t:CalendarEventDetails>'
  );
}

/** Times are told on the clocks of the zone that was asked in, without an offset. */
function local(instant: number, zone: Zone): string {
  return new Date(wallTime(zone, instant)).toISOString().slice(0, 19);
}
