import { unanswered, withAnswer } from './answers.js';
import { CalendarError } from './calendar-error.js';
import { followPeople } from './follow-people.js';
import { type Folder, type WellKnownFolder, standardFolders } from './folder.js';
import type { Attachment, CalendarItem, Response, ShowAs, Traits } from './item.js';
import { type MessageItem, isMessage } from './meeting.js';
import { PropertyIndex } from './property-index.js';
import type { PropertyName } from './property-name.js';
import { type Draft, newItem } from './new-item.js';
import { type OccurrenceContent, type Series, occurrenceOn } from './series.js';
import { movedSeries, settleTiming } from './timing.js';
import { UidIndex } from './uid-index.js';
import { newUid } from './unique-id.js';

export type { Draft } from './new-item.js';

/** Where a deleted item goes. */
export type Disposal = 'deleted items' | 'recoverable items' | 'nowhere';

/** What the calendars of one store share. */
export interface Shared {
  now(): number;
  /** The next number of an item, attachment or change. */
  next(): number;
  /** The request that is being carried out, as the log counts. */
  cause(): number | undefined;
}

/** Below this many items a scan is as fast as an index. */
const SMALL = 32;

/**
 * The calendar of one mailbox, and its other folders as far as calendar items get there. Whatever happens to an item
 * happens through these methods, whoever asks: an EWS operation, a person through the control API, another protocol.
 */
export class MailboxCalendar {
  private readonly items = new Map<number, CalendarItem>();
  private readonly index = new PropertyIndex();
  private readonly uids = new UidIndex();
  private folders: readonly Folder[] = standardFolders;
  private changes = 0;
  private mails = 0;

  constructor(private readonly shared: Shared) {}

  /** How many items there are, mail about meetings apart. */
  get size(): number {
    return this.items.size - this.mails;
  }

  /** Another one after every change. */
  get version(): number {
    return this.changes;
  }

  all(): Iterable<CalendarItem> {
    return this.items.values();
  }

  item(number: number): CalendarItem | undefined {
    return this.items.get(number);
  }

  /** The item that began with that number, wherever it has been moved to. */
  itemOfOrigin(origin: number): CalendarItem | undefined {
    const unmoved = this.items.get(origin);
    if (unmoved?.origin === origin) return unmoved;
    for (const item of this.items.values()) if (item.origin === origin) return item;
    return undefined;
  }

  listFolders(): readonly Folder[] {
    return this.folders;
  }

  folder(key: WellKnownFolder | number): Folder | undefined {
    return this.folders.find((folder) => folder.wellKnown === key || folder.number === key);
  }

  /** Makes a folder, such as a second calendar. */
  createFolder(display: string, kind: string, parent: Folder): Folder {
    const folder: Folder = { number: this.shared.next(), wellKnown: undefined, display, kind, parent };
    this.folders = [...this.folders, folder];
    return folder;
  }

  itemsIn(folder: Folder): CalendarItem[] {
    const found: CalendarItem[] = [];
    for (const item of this.items.values()) if (item.folder === folder) found.push(item);
    return found;
  }

  /** Items of every folder whose custom property has this value. */
  withProperty(name: PropertyName, value: string): readonly CalendarItem[] {
    if (this.items.size > SMALL) return this.index.find(name, value, () => this.items.values());
    return [...this.items.values()].filter((item) => item.properties?.get(name) === value);
  }

  /** Items of every folder that have this UID: a meeting, and mail about it. */
  withUid(uid: string): readonly CalendarItem[] {
    return this.uids.find(uid, () => this.items.values());
  }

  create(draft: Draft, folder: Folder, traits?: Partial<Traits>): CalendarItem {
    const now = this.shared.now();
    const item = newItem(draft, { number: this.shared.next(), change: this.shared.next(), folder, now });
    if (traits !== undefined) Object.assign(item, traits);
    this.put(item);
    return item;
  }

  /** Changes content. An item that would break a rule of the calendar is left as it was. */
  update(item: CalendarItem, changes: Draft, traits?: Partial<Traits>): void {
    const wanted = { ...item, ...changes };
    const moves = changes.start !== undefined && changes.recurrence === undefined;
    if (moves && wanted.recurrence !== undefined) wanted.recurrence = movedSeries(wanted.recurrence, wanted);
    const timing = settleTiming(wanted);
    this.unindex(item);
    // Occurrences are known by their day: another pattern or another time makes them all anew.
    if (changes.recurrence !== undefined || moves) item.exceptions = undefined;
    if (item.exceptions !== undefined) item.exceptions = followPeople(item.exceptions, item, wanted);
    Object.assign(item, changes, timing, traits);
    this.reindex(item);
    this.touch(item);
  }

  /** Changes one occurrence of a series, which becomes an exception. */
  updateOccurrence(item: Series, day: number, changes: OccurrenceContent): void {
    const occurrence = occurrenceOn(item, day);
    if (occurrence === undefined) throw new CalendarError('occurrence deleted', 'The occurrence has been deleted.');
    const known = item.exceptions?.get(day);
    const before = { ...item, start: occurrence.start, end: occurrence.end, ...(known === 'deleted' ? {} : known) };
    const { start, end } = settleTiming({ ...before, ...changes, recurrence: undefined });
    const exception = { ...(known === 'deleted' ? {} : known), ...changes, start, end };
    item.exceptions = new Map(item.exceptions).set(day, exception);
    this.touch(item);
  }

  deleteOccurrence(item: Series, day: number): void {
    item.exceptions = new Map(item.exceptions).set(day, 'deleted');
    this.touch(item);
  }

  /** The change key moves and the content does not: what a dismissed reminder or an answer looks like from outside. */
  touch(item: CalendarItem): void {
    this.changes += 1;
    item.change = this.shared.next();
    item.modified = this.shared.now();
    item.request = this.shared.cause();
  }

  dismissReminder(item: CalendarItem): void {
    item.reminderDismissed = true;
    this.touch(item);
  }

  /** An attendee answers the invitation. @returns false if nobody of that address is invited. */
  answer(item: CalendarItem, address: string, response: Response): boolean {
    const answered = withAnswer(item, address, response, this.shared.now());
    if (answered === undefined) return false;
    Object.assign(item, answered);
    this.touch(item);
    return true;
  }

  /** An attendee answers for one occurrence. @returns false if nobody of that address is invited. */
  answerOccurrence(item: Series, day: number, address: string, response: Response): boolean {
    const own = item.exceptions?.get(day);
    const known = { ...item, ...(own === 'deleted' ? {} : own) };
    const answered = withAnswer(known, address, response, this.shared.now());
    if (answered === undefined) return false;
    this.updateOccurrence(item, day, answered);
    return true;
  }

  /** The owner answers an invitation that is in this calendar. */
  reply(item: CalendarItem, response: Response, showAs: ShowAs): void {
    item.myResponse = response;
    item.showAs = showAs;
    if (item.meeting?.kind === 'received') item.meeting = { ...item.meeting, repliedAt: this.shared.now() };
    this.touch(item);
  }

  /** The meeting is another one now: earlier answers count no longer, and answers to what it was will not. */
  renew(item: CalendarItem): void {
    Object.assign(item, unanswered(item));
    item.sequence += 1;
    this.touch(item);
  }

  markRead(mail: MessageItem, isRead: boolean): void {
    mail.meeting = { ...mail.meeting, isRead };
    this.touch(mail);
  }

  markSent(item: CalendarItem): void {
    item.wasSent = true;
  }

  cancel(item: CalendarItem): void {
    item.isCancelled = true;
    item.sequence += 1;
    this.touch(item);
  }

  setAttachments(item: CalendarItem, attachments: readonly Attachment[]): void {
    item.attachments = attachments.length > 0 ? attachments : undefined;
    this.touch(item);
  }

  nextAttachmentNumber(): number {
    return this.shared.next();
  }

  /** Moves to another folder. The item gets another number: ids do not outlive a move. */
  move(item: CalendarItem, folder: Folder): CalendarItem {
    this.items.delete(item.number);
    item.number = this.shared.next();
    item.folder = folder;
    this.items.set(item.number, item);
    this.touch(item);
    return item;
  }

  /** Copies into a folder: custom properties stay, the UID and with it the GlobalObjectId are new. */
  copy(item: CalendarItem, folder: Folder): CalendarItem {
    const now = this.shared.now();
    const number = this.shared.next();
    const numbers = { number, origin: number, change: this.shared.next() };
    const copy: CalendarItem = { ...item, ...numbers, folder, uid: newUid(now), created: now, modified: now };
    this.put(copy);
    return copy;
  }

  /** Deletes. @returns the item where it lives on, undefined where it is gone. */
  remove(item: CalendarItem, disposal: Disposal): CalendarItem | undefined {
    if (disposal === 'nowhere') {
      this.changes += 1;
      this.items.delete(item.number);
      if (isMessage(item)) this.mails -= 1;
      this.unindex(item);
      return undefined;
    }
    const folder = this.folder(disposal === 'deleted items' ? 'deleteditems' : 'recoverableitemsdeletions');
    if (folder === undefined) throw new Error(`the mailbox has no folder for ${disposal}`);
    return this.move(item, folder);
  }

  private put(item: CalendarItem): void {
    this.changes += 1;
    item.request = this.shared.cause();
    this.items.set(item.number, item);
    if (isMessage(item)) this.mails += 1;
    this.reindex(item);
  }

  private reindex(item: CalendarItem): void {
    this.index.add(item);
    this.uids.add(item);
  }

  private unindex(item: CalendarItem): void {
    this.index.remove(item);
    this.uids.remove(item);
  }
}
