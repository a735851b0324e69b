import type { CalendarStore } from '../calendar/calendar-store.js';
import { type Folder, type WellKnownFolder } from '../calendar/folder.js';
import type { CalendarItem, Response } from '../calendar/item.js';
import type { Disposal, MailboxCalendar } from '../calendar/mailbox-calendar.js';
import { isMessage } from '../calendar/meeting.js';
import type { Directory } from '../directory/directory.js';
import type { Mailbox } from '../directory/mailbox.js';
import { parseAnyItemId } from '../ews/item-id.js';
import { FoundNothing } from './found-nothing.js';
import { type ItemEdit, draftOf } from './item-edit.js';
import { type MeetingMail, mailSnapshot } from './meeting-mail.js';
import { type SandboxItem, snapshot } from './sandbox-item.js';

/** Names an item: a {@link SandboxItem} does, and so does `{ mailbox, id }` with an EWS ItemId. */
export interface ItemReference {
  readonly mailbox: string;
  readonly id: string;
}

/** Where a person's deletion leaves an item: `deleteditems` as Outlook does, `recoverableitems`, or `purge` for nowhere. */
export type Deletion = 'deleteditems' | 'recoverableitems' | 'purge';

const DISPOSALS: Readonly<Record<Deletion, Disposal>> = {
  deleteditems: 'deleted items',
  recoverableitems: 'recoverable items',
  purge: 'nowhere',
};

/** What people do to what is in their calendars, by other means than EWS. */
export class People {
  constructor(
    private readonly directory: Directory,
    private readonly store: CalendarStore,
  ) {}

  /** Appointments and meetings in a mailbox, all folders. @throws FoundNothing for an unknown mailbox */
  items(mailbox: string): readonly SandboxItem[] {
    const owner = this.mailbox(mailbox);
    const items = [...this.store.of(owner).all()].filter((item) => !isMessage(item));
    return items.map((item) => snapshot(item, owner));
  }

  /** Mail about meetings in a mailbox, all folders. @throws FoundNothing for an unknown mailbox */
  meetingMails(mailbox: string): readonly MeetingMail[] {
    const owner = this.mailbox(mailbox);
    return [...this.store.of(owner).all()].filter(isMessage).map((item) => mailSnapshot(item, owner));
  }

  move(reference: ItemReference, folder: string): SandboxItem {
    const { owner, calendar, item } = this.find(reference);
    return snapshot(calendar.move(item, folderOf(calendar, folder)), owner);
  }

  delete(reference: ItemReference, deletion: Deletion): SandboxItem | undefined {
    const { owner, calendar, item } = this.find(reference);
    const left = calendar.remove(item, DISPOSALS[deletion]);
    return left === undefined ? undefined : snapshot(left, owner);
  }

  copy(reference: ItemReference, folder: string | undefined): SandboxItem {
    const { owner, calendar, item } = this.find(reference);
    const target = folder === undefined ? item.folder : folderOf(calendar, folder);
    return snapshot(calendar.copy(item, target), owner);
  }

  edit(reference: ItemReference, changes: ItemEdit): SandboxItem {
    const { owner, calendar, item } = this.find(reference);
    calendar.update(item, draftOf(changes));
    return snapshot(item, owner);
  }

  dismissReminder(reference: ItemReference): SandboxItem {
    const { owner, calendar, item } = this.find(reference);
    calendar.dismissReminder(item);
    return snapshot(item, owner);
  }

  answer(reference: ItemReference, attendee: string, response: Response): SandboxItem {
    const { owner, calendar, item } = this.find(reference);
    if (!calendar.answer(item, attendee, response)) {
      throw new FoundNothing(`attendee: ${attendee} is not invited to this item`);
    }
    return snapshot(item, owner);
  }

  createFolder(mailbox: string, name: string, holds: 'appointments' | 'mail'): void {
    const calendar = this.store.of(this.mailbox(mailbox));
    const parent = calendar.folder(holds === 'appointments' ? 'calendar' : 'msgfolderroot');
    if (parent === undefined) throw new Error('every mailbox has a calendar and a root');
    if (folderNamed(calendar, name) !== undefined) throw new TypeError(`name: there is a folder "${name}" already`);
    calendar.createFolder(name, holds === 'appointments' ? 'IPF.Appointment' : 'IPF.Note', parent);
  }

  private mailbox(address: string): Mailbox {
    const mailbox = this.directory.byAnyAddress(address);
    if (mailbox === undefined) throw new FoundNothing(`mailbox: ${address} is unknown`);
    return mailbox;
  }

  private find({ mailbox, id }: ItemReference): { owner: Mailbox; calendar: MailboxCalendar; item: CalendarItem } {
    const owner = this.mailbox(mailbox);
    const calendar = this.store.of(owner);
    const item = calendar.item(numberOf(owner, id));
    if (item === undefined) throw new FoundNothing(`id: ${owner.address} has no such item (a move gives another id)`);
    return { owner, calendar, item };
  }
}

function numberOf(owner: Mailbox, id: string): number {
  try {
    return parseAnyItemId(owner, id).number;
  } catch (cause) {
    throw new FoundNothing(`id: not the EWS ItemId of an item of ${owner.address}`, { cause });
  }
}

function folderOf(calendar: MailboxCalendar, name: string): Folder {
  const folder = folderNamed(calendar, name);
  if (folder !== undefined) return folder;
  const known = calendar.listFolders().map(({ wellKnown, display }) => wellKnown ?? display);
  throw new FoundNothing(`folder: "${name}" is unknown; there are ${known.join(', ')}`);
}

function folderNamed(calendar: MailboxCalendar, name: string): Folder | undefined {
  return calendar.folder(name as WellKnownFolder) ?? calendar.listFolders().find(({ display }) => display === name);
}
