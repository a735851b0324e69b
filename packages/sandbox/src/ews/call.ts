import type { CalendarStore } from '../calendar/calendar-store.js';
import type { MailboxCalendar } from '../calendar/mailbox-calendar.js';
import { type Zone, utc } from '../calendar/zone.js';
import type { Directory } from '../directory/directory.js';
import type { Mailbox } from '../directory/mailbox.js';
import type { ServiceAccount } from '../directory/service-account.js';
import type { LoggedRequest } from '../log/request-log.js';
import type { Meetings } from '../meetings/meetings.js';
import { ItemError } from './fault.js';

/** What an operation knows: who asks, as whom, and what the header said. */
export interface Call {
  readonly operation: string;
  readonly account: ServiceAccount;
  /** Whose calendar it is about; undefined where an account without a mailbox asks as itself. */
  readonly mailbox: Mailbox | undefined;
  readonly impersonates: boolean;
  readonly store: CalendarStore;
  readonly directory: Directory;
  /** The header's TimeZoneContext. */
  readonly zone: Zone | undefined;
  /** RequestServerVersion, if it was given. */
  readonly version: string | undefined;
  readonly now: () => number;
  /** Who tells others of meetings. */
  readonly meetings: Meetings;
  /** The entry of this request in the log. */
  readonly log: LoggedRequest;
}

export function zoneOf(call: Call): Zone {
  return call.zone ?? utc;
}

/** @throws ItemError ErrorMissingEmailAddress for an account that has no mailbox and impersonates nobody */
export function mailboxOf(call: Call): Mailbox {
  if (call.mailbox !== undefined) return call.mailbox;
  const text =
    'When making a request as an account that does not have a mailbox, you must specify the mailbox primary SMTP ' +
    'address for any distinguished folder Ids.';
  throw new ItemError('ErrorMissingEmailAddress', text);
}

export function calendarOf(call: Call): MailboxCalendar {
  return call.store.of(mailboxOf(call));
}
