import type { CalendarItem } from '../calendar/item.js';
import type { MailboxCalendar } from '../calendar/mailbox-calendar.js';
import type { Occurrence } from '../calendar/occurrence.js';
import type { Mailbox } from '../directory/mailbox.js';
import { ItemError } from '../ews/fault.js';
import {
  attachmentId,
  folderId,
  itemId,
  occurrenceId,
  parseAnyItemId,
  parseAttachmentId,
  parseFolderId,
} from '../ews/item-id.js';
import { GraphError, itemNotFound } from './graph-error.js';

/** An id of EWS with the characters that a path can hold: what Graph's ids are, so that either converts by itself. */
export function restId(ewsId: string): string {
  return ewsId.replaceAll('/', '-').replaceAll('+', '_');
}

function ewsId(restId: string): string {
  return restId.replaceAll('-', '/').replaceAll('_', '+');
}

/** Immutable ids name the item by what it was first called, which no move changes. */
const IMMUTABLE = Buffer.from([0, 9, 0, 46, 0, 0]);
const DAY_ZERO = 200_000;

interface Identified {
  readonly item: CalendarItem;
  readonly occurrence: Occurrence | undefined;
  readonly mailbox: Mailbox;
}

export function eventId({ item, occurrence, mailbox }: Identified, isImmutable: boolean): string {
  if (isImmutable) return immutableId(mailbox, item.origin, occurrence?.day);
  const { number } = item;
  return restId(occurrence === undefined ? itemId(mailbox, number) : occurrenceId(mailbox, number, occurrence.day));
}

function immutableId(mailbox: Mailbox, origin: number, day: number | undefined): string {
  const counters = Buffer.alloc(12);
  counters.writeUIntBE(origin, 0, 6);
  counters.writeUIntBE(day === undefined ? 0 : day + DAY_ZERO, 6, 6);
  return restId(Buffer.concat([IMMUTABLE, guidOf(mailbox), counters, Buffer.alloc(2)]).toString('base64'));
}

/** The item that an id of either kind names, and the occurrence's day. @throws GraphError */
export function findById(
  id: string,
  mailbox: Mailbox,
  calendar: MailboxCalendar,
): { item: CalendarItem; day: number | undefined } {
  const bytes = Buffer.from(ewsId(id), 'base64');
  if (bytes.subarray(0, IMMUTABLE.length).equals(IMMUTABLE) && bytes.length === 36) {
    if (!bytes.subarray(6, 22).equals(guidOf(mailbox))) throw itemNotFound();
    const day = bytes.readUIntBE(28, 6);
    return found(calendar.itemOfOrigin(bytes.readUIntBE(22, 6)), day === 0 ? undefined : day - DAY_ZERO);
  }
  const { number, day } = read(() => parseAnyItemId(mailbox, ewsId(id)));
  return found(calendar.item(number), day);
}

function found(item: CalendarItem | undefined, day: number | undefined) {
  if (item === undefined) throw itemNotFound();
  return { item, day };
}

function guidOf(mailbox: Mailbox): Buffer {
  return Buffer.from(mailbox.guid.replaceAll('-', ''), 'hex');
}

/** The id of a calendar. */
export function calendarId(mailbox: Mailbox, number: number): string {
  return restId(folderId(mailbox, number));
}

/** The number in a calendar's id. @throws GraphError */
export function parseCalendarId(mailbox: Mailbox, id: string): number {
  return read(() => parseFolderId(mailbox, ewsId(id)));
}

export function fileId(mailbox: Mailbox, item: CalendarItem, number: number): string {
  return restId(attachmentId(mailbox, item.number, number));
}

/** The number in a file's id. @throws GraphError */
export function parseFileId(mailbox: Mailbox, id: string): number {
  return read(() => parseAttachmentId(mailbox, ewsId(id)).attachment);
}

/** What ids are made of is one thing for both protocols, and so are the codes of wrong ones. */
function read<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof ItemError)) throw error;
    throw new GraphError(error.code.endsWith('NotFound') ? 404 : 400, error.code, error.message);
  }
}
