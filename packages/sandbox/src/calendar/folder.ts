/** The folders that every mailbox has, by the names that clients call them. */
const WELL_KNOWN_FOLDERS = [
  { name: 'root', display: '', kind: 'IPF', parent: undefined },
  { name: 'msgfolderroot', display: 'Top of Information Store', kind: 'IPF.Note', parent: 'root' },
  { name: 'calendar', display: 'Calendar', kind: 'IPF.Appointment', parent: 'msgfolderroot' },
  { name: 'inbox', display: 'Inbox', kind: 'IPF.Note', parent: 'msgfolderroot' },
  { name: 'sentitems', display: 'Sent Items', kind: 'IPF.Note', parent: 'msgfolderroot' },
  { name: 'deleteditems', display: 'Deleted Items', kind: 'IPF.Note', parent: 'msgfolderroot' },
  { name: 'drafts', display: 'Drafts', kind: 'IPF.Note', parent: 'msgfolderroot' },
  { name: 'outbox', display: 'Outbox', kind: 'IPF.Note', parent: 'msgfolderroot' },
  { name: 'junkemail', display: 'Junk Email', kind: 'IPF.Note', parent: 'msgfolderroot' },
  { name: 'contacts', display: 'Contacts', kind: 'IPF.Contact', parent: 'msgfolderroot' },
  { name: 'tasks', display: 'Tasks', kind: 'IPF.Task', parent: 'msgfolderroot' },
  { name: 'notes', display: 'Notes', kind: 'IPF.StickyNote', parent: 'msgfolderroot' },
  { name: 'journal', display: 'Journal', kind: 'IPF.Journal', parent: 'msgfolderroot' },
  { name: 'recoverableitemsroot', display: 'Recoverable Items', kind: 'IPF', parent: 'root' },
  { name: 'recoverableitemsdeletions', display: 'Deletions', kind: 'IPF', parent: 'recoverableitemsroot' },
] as const;

export type WellKnownFolder = (typeof WELL_KNOWN_FOLDERS)[number]['name'];

/** A folder of one mailbox. */
export interface Folder {
  readonly number: number;
  /** The well-known name; undefined for one that somebody made. */
  readonly wellKnown: WellKnownFolder | undefined;
  readonly display: string;
  /** The folder class, such as `IPF.Appointment`. */
  readonly kind: string;
  readonly parent: Folder | undefined;
}

export function isCalendarFolder(folder: Folder): boolean {
  return folder.kind.startsWith('IPF.Appointment');
}

/** Every mailbox's folders have the same numbers: they differ by the mailbox. */
export const standardFolders: readonly Folder[] = WELL_KNOWN_FOLDERS.reduce<Folder[]>((folders, row, index) => {
  const parent = folders.find((folder) => folder.wellKnown === row.parent && row.parent !== undefined);
  folders.push({ number: index + 1, wellKnown: row.name, display: row.display, kind: row.kind, parent });
  return folders;
}, []);
