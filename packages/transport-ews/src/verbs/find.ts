import type { Found, Outcome } from '@appointed/core';
import type { Conversation } from '../conversation.js';
import { foldersToSearch } from '../search/folders-to-search.js';
import { searchFolders } from '../search/search-folders.js';

/** Exchange takes a restriction of a few hundred conditions; each of ours is some 400 bytes. */
const KEYS_PER_REQUEST = 50;

/** Finds every item of these keys: operations FindFolder and FindItem. */
export async function find(conversation: Conversation, keys: readonly string[]): Promise<Outcome<readonly Found[]>> {
  if (keys.length === 0) return { kind: 'done', value: [] };
  const folders = await foldersToSearch(conversation);
  if (folders.kind !== 'done') return folders;
  const all: Found[] = [];
  for (let first = 0; first < keys.length; first += KEYS_PER_REQUEST) {
    const some = keys.slice(first, first + KEYS_PER_REQUEST);
    const found = await searchFolders(conversation, some, folders.value);
    if (found.kind !== 'done') return found;
    all.push(...found.value);
  }
  return { kind: 'done', value: all };
}
