import type { Folder, WellKnownFolder } from '../calendar/folder.js';
import type { MailboxCalendar } from '../calendar/mailbox-calendar.js';
import type { Mailbox } from '../directory/mailbox.js';
import { type Call, mailboxOf } from './call.js';
import { ItemError } from './fault.js';
import { parseFolderId } from './item-id.js';
import type { XmlElement } from './xml-element.js';

export interface FolderView {
  readonly mailbox: Mailbox;
  readonly calendar: MailboxCalendar;
  readonly folder: Folder;
}

/** What a FolderId or DistinguishedFolderId names. @throws ItemError */
export function resolveFolder(reference: XmlElement, call: Call): FolderView {
  const named = reference.child('t:Mailbox')?.value('t:EmailAddress');
  const mailbox = named === undefined ? mailboxOf(call) : namedMailbox(named, call);
  const calendar = call.store.of(mailbox);
  const id = reference.attribute('Id') ?? '';
  const folder =
    reference.name === 't:DistinguishedFolderId'
      ? calendar.folder(id as WellKnownFolder)
      : calendar.folder(parseFolderId(mailbox, id));
  if (folder === undefined) {
    throw new ItemError('ErrorFolderNotFound', 'The specified folder could not be found in the store.');
  }
  return { mailbox, calendar, folder };
}

/** A folder reference may name a mailbox, but only the one that the caller acts for: nobody here has delegates. */
function namedMailbox(address: string, call: Call): Mailbox {
  const mailbox = call.directory.byAnyAddress(address);
  if (mailbox === undefined || mailbox.remote) {
    throw new ItemError('ErrorNonExistentMailbox', 'The SMTP address has no mailbox associated with it.');
  }
  if (mailbox !== call.mailbox) {
    throw new ItemError('ErrorAccessDenied', 'Access is denied. Check credentials and try again.');
  }
  return mailbox;
}
