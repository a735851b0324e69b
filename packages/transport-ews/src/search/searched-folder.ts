import type { Failure, ItemPlace } from '@appointed/core';
import { codeOf, isRefusal } from '../classify/refusal.js';
import type { Xml } from '../encode/element.js';
import { wellKnownFolder } from '../encode/folder-reference.js';

/** A folder that appointments are looked for in. */
export interface SearchedFolder {
  readonly reference: Xml;
  /** Where an item is that is found in it. */
  readonly place: ItemPlace;
}

/** The folder that must be there: without it there is no search. */
export const CALENDAR: SearchedFolder = { reference: wellKnownFolder('calendar'), place: 'calendar' };

/** Where deleted items go first, and from there. Not every mailbox has the second. */
export const DELETED: readonly SearchedFolder[] = [
  { reference: wellKnownFolder('deleteditems'), place: 'deleted' },
  { reference: wellKnownFolder('recoverableitemsdeletions'), place: 'deleted' },
];

const ABSENT: ReadonlySet<string | undefined> = new Set([
  'ErrorFolderNotFound',
  'ErrorItemNotFound',
  'ErrorAccessDenied',
]);

/** The folder is not there, or nobody can look into it: then nothing of ours is in it that could be found. */
export function cannotBeSearched(failure: Failure): boolean {
  return ABSENT.has(codeOf(failure)) || isRefusal(failure);
}
