import type { Outcome } from '@appointed/core';
import type { Conversation, Told } from '../conversation.js';
import { child, type XmlElement } from '../decode/xml-tree.js';
import type { Xml } from '../encode/element.js';
import { CALENDAR_CLASS, findCalendarFolders } from '../encode/find-folder.js';
import { folderById, wellKnownFolder } from '../encode/folder-reference.js';
import { allPages } from './all-pages.js';
import { CALENDAR, cannotBeSearched, DELETED, type SearchedFolder } from './searched-folder.js';

const EVERYWHERE = wellKnownFolder('msgfolderroot');
const BELOW_DELETED = wellKnownFolder('deleteditems');

/**
 * Every folder that may hold appointments: the calendar, first; the deleted items; and the other calendar folders of the
 * mailbox (operation FindFolder). They are asked for each time: an owner may have made one since.
 */
export async function foldersToSearch(conversation: Conversation): Promise<Outcome<readonly SearchedFolder[]>> {
  const parents = [EVERYWHERE, BELOW_DELETED];
  const lists: (readonly string[])[] = [];
  const answers = await conversation.askEach('FindFolder', findCalendarFolders(parents, 0), parents.length);
  for (const [index, parent] of parents.entries()) {
    const ids = await idsBelow(conversation, parent, answers[index]);
    if (ids.kind !== 'done') return ids;
    lists.push(ids.value);
  }
  const [all = [], deleted = []] = lists;
  const others = [...new Set([...all, ...deleted])].map((id) => otherCalendar(id, deleted));
  return { kind: 'done', value: [CALENDAR, ...DELETED, ...others] };
}

function otherCalendar(id: string, deleted: readonly string[]): SearchedFolder {
  return { reference: folderById(id), place: deleted.includes(id) ? 'deleted' : 'elsewhere' };
}

/** The ids of the other calendar folders below one folder. */
async function idsBelow(
  conversation: Conversation,
  parent: Xml,
  first: Outcome<Told> | undefined,
): Promise<Outcome<readonly string[]>> {
  const none: Outcome<readonly string[]> = { kind: 'done', value: [] };
  if (first === undefined || (first.kind !== 'done' && cannotBeSearched(first))) return none;
  const folders = await allPages('Folders', first, (offset) =>
    conversation.ask('FindFolder', findCalendarFolders([parent], offset)),
  );
  if (folders.kind !== 'done') return folders;
  return { kind: 'done', value: folders.value.filter(isOtherCalendar).flatMap(idOf) };
}

/** Not every server reads the restriction. */
function isOtherCalendar(folder: XmlElement): boolean {
  const kind = child(folder, 'FolderClass')?.text.trim().toLowerCase() ?? '';
  const name = child(folder, 'DistinguishedFolderId')?.text.trim();
  return kind.startsWith(CALENDAR_CLASS.toLowerCase()) && name !== 'calendar';
}

function idOf(folder: XmlElement): readonly string[] {
  const id = child(folder, 'FolderId')?.attributes['Id'];
  return id === undefined ? [] : [id];
}
