import type { CalendarStore } from '../calendar/calendar-store.js';
import type { CalendarItem } from '../calendar/item.js';
import type { Directory } from '../directory/directory.js';
import { itemId } from '../ews/item-id.js';
import type { RequestSummary } from '../log/request-log.js';
import type { MailRecord } from '../mail/outbox.js';

/** Items of one mailbox that carry the same key. */
export interface Duplicate {
  readonly mailbox: string;
  readonly key: string;
  readonly items: readonly { readonly id: string; readonly uid: string; readonly folder: string }[];
}

/** What has happened since the start or the last reset. */
export interface SandboxReport {
  /** Starts the sandbox with it again, and the same requests meet the same faults. */
  readonly randomSeed: number;
  readonly requests: RequestSummary;
  /** Appointments and meetings in all mailboxes and folders, attendees' copies and deleted ones included. */
  readonly items: number;
  /** The same by primary address; mailboxes without items are left out. */
  readonly itemsByMailbox: Readonly<Record<string, number>>;
  /** Keys that more than one item of a mailbox carries, wherever in it they are. */
  readonly duplicates: readonly Duplicate[];
  readonly mails: { readonly total: number; readonly byKind: Readonly<Partial<Record<MailRecord['kind'], number>>> };
  /** Mails about meetings that have not arrived yet, and decisions that rooms have not made. */
  readonly deliveries: number;
  /** Requests that faults have put off and that are still to be carried out. */
  readonly lateStores: number;
}

/** The custom property that the key travels in where nobody says otherwise. */
export const KEY_PROPERTY = 'AppointedKey';

/** Counts items, mailbox by mailbox. */
export function itemsByMailbox(directory: Directory, store: CalendarStore): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const mailbox of directory.mailboxes) {
    const size = store.peek(mailbox)?.size ?? 0;
    if (size > 0) counts[mailbox.address] = size;
  }
  return counts;
}

/** @param property a property's name, or the whole of `String {guid} Name name` */
export function findDuplicates(directory: Directory, store: CalendarStore, property: string): Duplicate[] {
  const duplicates: Duplicate[] = [];
  for (const mailbox of directory.mailboxes) {
    const byKey = new Map<string, CalendarItem[]>();
    for (const item of store.peek(mailbox)?.all() ?? []) {
      const key = keyOf(item, property);
      if (key === undefined) continue;
      const same = byKey.get(key);
      if (same === undefined) byKey.set(key, [item]);
      else same.push(item);
    }
    for (const [key, items] of byKey) {
      if (items.length < 2) continue;
      const rows = items.map(({ number, uid, folder }) => ({
        id: itemId(mailbox, number),
        uid,
        folder: folder.wellKnown ?? folder.display,
      }));
      duplicates.push({ mailbox: mailbox.address, key, items: rows });
    }
  }
  return duplicates;
}

export function countMails(mails: readonly MailRecord[]): SandboxReport['mails'] {
  const byKind: Partial<Record<MailRecord['kind'], number>> = {};
  for (const { kind } of mails) byKind[kind] = (byKind[kind] ?? 0) + 1;
  return { total: mails.length, byKind };
}

function keyOf(item: CalendarItem, property: string): string | undefined {
  for (const [name, value] of item.properties ?? []) {
    if ((name === property || name.endsWith(` Name ${property}`)) && typeof value === 'string') return value;
  }
  return undefined;
}
