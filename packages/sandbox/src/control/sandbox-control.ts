import type { Response } from '../calendar/item.js';
import type { ItemEdit } from './item-edit.js';
import type { Deletion, ItemReference, People } from './people.js';
import type { SandboxItem } from './sandbox-item.js';

/** What attendees can answer. */
export type Answer = Extract<Response, 'Accept' | 'Tentative' | 'Decline'>;

/**
 * What a test does to the sandbox behind its clients' backs. Everything is synchronous and takes effect at once. The
 * HTTP API under `/control` offers the same.
 *
 * Methods throw a TypeError whose message begins with the argument that is wrong.
 */
export class SandboxControl {
  constructor(private readonly people: People) {}

  /** Everything in a mailbox, all folders, in the order in which it was stored. Takes any of its addresses. */
  items(mailbox: string): readonly SandboxItem[] {
    return this.people.items(mailbox);
  }

  /** Somebody drags an item into another folder: well-known (`inbox`) or made by {@link createFolder}. Its id changes. */
  move(item: ItemReference, folder: string): SandboxItem {
    return this.people.move(item, folder);
  }

  /** Somebody deletes an item. @returns what is left of it; undefined after `purge` */
  delete(item: ItemReference, deletion: Deletion = 'deleteditems'): SandboxItem | undefined {
    return this.people.delete(item, deletion);
  }

  /** Somebody copies an item, into the same folder if none is named: custom properties stay, the UID is a new one. */
  copy(item: ItemReference, folder?: string): SandboxItem {
    return this.people.copy(item, folder);
  }

  /** Somebody changes fields of an item. */
  edit(item: ItemReference, changes: ItemEdit): SandboxItem {
    return this.people.edit(item, changes);
  }

  /** Somebody dismisses the reminder: the ChangeKey moves, the content stays. */
  dismissReminder(item: ItemReference): SandboxItem {
    return this.people.dismissReminder(item);
  }

  /** An attendee answers. `item` is the organizer's. */
  answer(item: ItemReference, attendee: string, answer: Answer): SandboxItem {
    return this.people.answer(item, attendee, answer);
  }

  /** Makes a folder: one for appointments below the calendar, one for mail below the mailbox's root. */
  createFolder(mailbox: string, name: string, holds: 'appointments' | 'mail' = 'appointments'): void {
    this.people.createFolder(mailbox, name, holds);
  }
}
