import type { CalendarStore } from '../calendar/calendar-store.js';
import type { CalendarItem } from '../calendar/item.js';
import type { Directory } from '../directory/directory.js';
import { itemId } from '../ews/item-id.js';
import { entryOf } from './entries.js';
import type { Entries, Entry } from './page-state.js';

const MOST = 30;
/** The end of an ItemId: eight characters count, and before the last four the id of an occurrence has its day. */
const COUNTER = 8;
const TAIL = 4;

/** Items of all mailboxes and folders with a text in subject, place, UID or a custom property, or of an ItemId. */
export function findEntries(directory: Directory, store: CalendarStore, text: string): Entries {
  const wanted = text.toLowerCase();
  const entries: Entry[] = [];
  let total = 0;
  for (const mailbox of directory.mailboxes) {
    const calendar = store.peek(mailbox);
    if (calendar === undefined) continue;
    const isIdHere = text.startsWith(itemId(mailbox, 0).slice(0, -COUNTER - TAIL));
    for (const item of calendar.all()) {
      if (!(isIdHere ? text.startsWith(itemId(mailbox, item.number).slice(0, -TAIL)) : holds(item, wanted))) continue;
      total += 1;
      if (entries.length < MOST) entries.push(entryOf(item, mailbox));
    }
  }
  return { total, entries };
}

function holds(item: CalendarItem, wanted: string): boolean {
  const has = (text: string | undefined) => text?.toLowerCase().includes(wanted) === true;
  if (has(item.subject) || has(item.location) || has(item.uid)) return true;
  for (const value of item.properties?.values() ?? []) {
    if (typeof value === 'string' ? has(value) : value.some(has)) return true;
  }
  return false;
}
