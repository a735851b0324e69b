import type { ShowAs } from '../calendar/item.js';
import type { SandboxItem } from '../control/sandbox-item.js';
import type { FaultRule } from '../faults/fault-rule.js';
import type { RequestRecord } from '../log/request-log.js';
import type { MailRecord } from '../mail/outbox.js';

/** A mailbox in the page's list. */
export interface MailboxRow {
  readonly address: string;
  readonly name: string;
  /** The IANA name of the owner's zone. */
  readonly timeZone: string;
  readonly room: boolean;
  readonly remote: boolean;
  /** Items in all its folders. */
  readonly items: number;
}

/** Numbers since the start or the last reset. */
export interface Totals {
  readonly requests: number;
  readonly inFlight: number;
  readonly mails: number;
  readonly lateStores: number;
  /** How often rules have struck, by their names. */
  readonly struck: Readonly<Record<string, number>>;
  /** Milliseconds that the sandbox's clock is ahead of the computer's, in whole seconds. */
  readonly clockAheadMs: number;
}

/** What a page is told when it opens, and when so much has changed that telling it all is simpler. */
export interface Snapshot {
  readonly randomSeed: number;
  readonly mailboxes: readonly MailboxRow[];
  readonly faults: readonly FaultRule[];
  /** The last few, oldest first. */
  readonly requests: readonly RequestRecord[];
  readonly totals: Totals;
}

/** What has changed since a page was told last. */
export interface Changes {
  /** Mailboxes in which something has changed, and how many items each holds now. */
  readonly mailboxes: readonly (readonly [address: string, items: number])[];
  /** All of them, where they have changed. */
  readonly faults?: readonly FaultRule[];
  /** As many as a person can read, in the order in which they ended. */
  readonly requests: readonly RequestRecord[];
  /** Requests that ended and are not among them. */
  readonly leftOut: number;
  readonly totals: Totals;
}

/** An item, or an occurrence of a series, as calendars and lists show it. */
export interface Entry {
  readonly mailbox: string;
  /** The EWS ItemId, of the occurrence where it is one. */
  readonly id: string;
  readonly folder: string;
  readonly subject: string;
  readonly location: string;
  /** ISO 8601 in UTC. */
  readonly start: string;
  readonly end: string;
  /** For whole days: the first, and the one after the last, as dates in the item's own zone. */
  readonly days?: { readonly first: string; readonly after: string };
  readonly isSeries: boolean;
  /** An occurrence that differs from its series. */
  readonly isException: boolean;
  readonly isMeeting: boolean;
  readonly isCancelled: boolean;
  readonly showAs: ShowAs;
}

/** Entries, and how many there are in all where there are too many to show. */
export interface Entries {
  readonly total: number;
  readonly entries: readonly Entry[];
}

/** All that the page says about an item. */
export interface ItemView {
  readonly entry: Entry;
  readonly item: SandboxItem;
  /** In words; empty for what does not recur. */
  readonly recurrence: string;
  /** The log's number of the request that changed it last; undefined where it was somebody through the control API. */
  readonly request?: number;
}

/** A request, and what it brought. */
export interface RequestView {
  readonly request: RequestRecord;
  /** The body as it came, without passwords; undefined where it was not read, or is not kept any more. */
  readonly received?: string;
}

/** Mails, the last ones of so many. */
export interface Mails {
  readonly total: number;
  readonly mails: readonly MailRecord[];
}
