import { CalendarError } from './calendar-error.js';
import { type Folder, type WellKnownFolder, standardFolders } from './folder.js';
import type { Attachment, Attendee, CalendarItem, Content } from './item.js';
import { PropertyIndex } from './property-index.js';
import type { PropertyName } from './property-name.js';
import { type Series, occurrenceOn } from './series.js';
import { movedSeries, settleTiming } from './timing.js';
import { newUid } from './unique-id.js';
import { utc } from './zone.js';

/** What an item is made of: everything may be left out, and gets Exchange's default. */
export type Draft = Partial<Content>;

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

const HALF_AN_HOUR = 1_800_000;
/** Below this many items a scan is as fast as an index. */
const SMALL = 32;

/**
 * The calendar of one mailbox, and its other folders as far as calendar items get there. Whatever happens to an item
 * happens through these methods, whoever asks: an EWS operation, a person through the control API, another protocol.
 */
export class MailboxCalendar {
  private readonly items = new Map<number, CalendarItem>();
  private readonly index = new PropertyIndex();
  private folders: readonly Folder[] = standardFolders;
  private changes = 0;

  constructor(private readonly shared: Shared) {}

  get size(): number {
    return this.items.size;
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

  create(draft: Draft, folder: Folder): CalendarItem {
    const now = this.shared.now();
    const item = settle(complete(draft, now), { number: this.shared.next(), change: this.shared.next(), folder, now });
    this.put(item);
    return item;
  }

  /** Changes content. An item that would break a rule of the calendar is left as it was. */
  update(item: CalendarItem, changes: Draft): void {
    const wanted = { ...item, ...changes };
    const moves = changes.start !== undefined && changes.recurrence === undefined;
    if (moves && wanted.recurrence !== undefined) wanted.recurrence = movedSeries(wanted.recurrence, wanted);
    const timing = settleTiming(wanted);
    this.index.remove(item);
    // Occurrences are known by their day: another pattern or another time makes them all anew.
    if (changes.recurrence !== undefined || moves) item.exceptions = undefined;
    Object.assign(item, changes, timing);
    this.index.add(item);
    this.touch(item);
  }

  /** Changes one occurrence of a series, which becomes an exception. */
  updateOccurrence(item: Series, day: number, changes: Draft): void {
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
  answer(item: CalendarItem, address: string, response: Attendee['response']): boolean {
    let found = false;
    const answered = (list: readonly Attendee[] | undefined) =>
      list?.map((attendee) => {
        if (attendee.address.toLowerCase() !== address.toLowerCase()) return attendee;
        found = true;
        return { ...attendee, response, respondedAt: this.shared.now() };
      });
    item.requiredAttendees = answered(item.requiredAttendees);
    item.optionalAttendees = answered(item.optionalAttendees);
    item.resources = answered(item.resources);
    if (found) this.touch(item);
    return found;
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
    const numbers = { number: this.shared.next(), change: this.shared.next() };
    const copy: CalendarItem = { ...item, ...numbers, folder, uid: newUid(now), created: now, modified: now };
    this.put(copy);
    return copy;
  }

  /** Deletes. @returns the item where it lives on, undefined where it is gone. */
  remove(item: CalendarItem, disposal: Disposal): CalendarItem | undefined {
    if (disposal === 'nowhere') {
      this.changes += 1;
      this.items.delete(item.number);
      this.index.remove(item);
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
    this.index.add(item);
  }
}

/** Field by field: with a spread, V8 makes a dictionary of it, four times the size and as much slower. */
function settle(content: Content, made: { number: number; change: number; folder: Folder; now: number }): CalendarItem {
  const { start, end, recurrence } = settleTiming(content);
  return {
    subject: content.subject,
    body: content.body,
    location: content.location,
    start,
    end,
    startZone: content.startZone,
    endZone: content.endZone,
    isAllDay: content.isAllDay,
    showAs: content.showAs,
    sensitivity: content.sensitivity,
    importance: content.importance,
    categories: content.categories,
    hasReminder: content.hasReminder,
    reminderMinutes: content.reminderMinutes,
    requiredAttendees: content.requiredAttendees,
    optionalAttendees: content.optionalAttendees,
    resources: content.resources,
    recurrence,
    isResponseRequested: content.isResponseRequested,
    allowNewTimeProposal: content.allowNewTimeProposal,
    uid: content.uid,
    itemClass: content.itemClass,
    culture: content.culture,
    properties: content.properties,
    others: content.others,
    number: made.number,
    change: made.change,
    request: undefined,
    folder: made.folder,
    wasSent: false,
    organizer: undefined,
    isCancelled: false,
    myResponse: 'Organizer',
    sequence: 0,
    created: made.now,
    modified: made.now,
    attachments: undefined,
    reminderDismissed: false,
    exceptions: undefined,
  };
}

function complete(draft: Draft, now: number): Content {
  const start = draft.start ?? Math.ceil(now / HALF_AN_HOUR) * HALF_AN_HOUR;
  return {
    subject: draft.subject,
    body: draft.body,
    location: draft.location,
    start,
    end: draft.end ?? start + HALF_AN_HOUR,
    startZone: draft.startZone ?? utc,
    endZone: draft.endZone ?? draft.startZone ?? utc,
    isAllDay: draft.isAllDay ?? false,
    showAs: draft.showAs ?? 'Busy',
    sensitivity: draft.sensitivity ?? 'Normal',
    importance: draft.importance ?? 'Normal',
    categories: draft.categories,
    hasReminder: draft.hasReminder ?? true,
    reminderMinutes: draft.reminderMinutes ?? 15,
    requiredAttendees: draft.requiredAttendees,
    optionalAttendees: draft.optionalAttendees,
    resources: draft.resources,
    recurrence: draft.recurrence,
    isResponseRequested: draft.isResponseRequested ?? true,
    allowNewTimeProposal: draft.allowNewTimeProposal ?? true,
    uid: draft.uid ?? newUid(now),
    itemClass: draft.itemClass ?? 'IPM.Appointment',
    culture: draft.culture ?? 'en-US',
    properties: draft.properties,
    others: draft.others,
  };
}
