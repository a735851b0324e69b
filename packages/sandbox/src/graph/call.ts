import type { CalendarStore } from '../calendar/calendar-store.js';
import type { MailboxCalendar } from '../calendar/mailbox-calendar.js';
import type { Directory } from '../directory/directory.js';
import type { Mailbox } from '../directory/mailbox.js';
import type { Meetings } from '../meetings/meetings.js';
import type { Preferences } from './preferences.js';
import type { QueryOptions } from './query/query-options.js';
import type { GraphRequest } from './request.js';

/** What an operation knows. */
export interface GraphCall {
  readonly request: GraphRequest;
  /** Whose calendar it is about. */
  readonly mailbox: Mailbox;
  readonly calendar: MailboxCalendar;
  /** What stands in the path for `{event}` and the like. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: QueryOptions;
  readonly preferences: Preferences;
  readonly store: CalendarStore;
  readonly directory: Directory;
  readonly now: () => number;
  /** Who tells others of meetings. */
  readonly meetings: Meetings;
}

/** What an operation answers. */
export interface Reply {
  readonly status: number;
  /** Written as JSON; nothing is sent where it is left out. */
  readonly body?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** @throws GraphError */
export type GraphOperation = (call: GraphCall) => Reply;
