import { element, type Xml } from './element.js';

/** The folders that every mailbox has, as far as appointments get there. */
export type WellKnownFolder = 'calendar' | 'deleteditems' | 'msgfolderroot' | 'recoverableitemsdeletions';

/** A folder of the mailbox that the request acts for (element DistinguishedFolderId). */
export function wellKnownFolder(name: WellKnownFolder): Xml {
  return element('t:DistinguishedFolderId', { Id: name });
}

/** A folder by the id that the server gave it (element FolderId). */
export function folderById(id: string): Xml {
  return element('t:FolderId', { Id: id });
}
