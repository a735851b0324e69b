import type { Found, Outcome } from '@appointed/core';
import { isRefusal } from '../classify/refusal.js';
import type { Conversation, Told } from '../conversation.js';
import { foundItem } from '../decode/found-item.js';
import { findItem } from '../encode/find-item.js';
import { allPages } from './all-pages.js';
import { CALENDAR, cannotBeSearched, type SearchedFolder } from './searched-folder.js';

/**
 * Searches folders for items of some keys, in one request as long as none has more than a page of them. Where the server
 * does not take the folders together, they are searched one by one.
 * @param folders the calendar first
 */
export async function searchFolders(
  conversation: Conversation,
  keys: readonly string[],
  folders: readonly SearchedFolder[],
): Promise<Outcome<readonly Found[]>> {
  const references = folders.map(({ reference }) => reference);
  const answers = await conversation.askEach('FindItem', findItem(keys, references, 0), folders.length);
  const areRefused = folders.length > 1 && isRefused(answers[0]);
  const found = new Map<string, Found>();
  for (const [index, folder] of folders.entries()) {
    const items = await itemsIn(conversation, keys, folder, areRefused ? undefined : answers[index]);
    if (items.kind !== 'done') return items;
    // What two folders list, because a server knows one under two names, is in the first of them.
    for (const item of items.value) if (!found.has(item.itemId)) found.set(item.itemId, item);
  }
  return { kind: 'done', value: [...found.values()] };
}

function isRefused(answer: Outcome<Told> | undefined): boolean {
  return answer !== undefined && answer.kind !== 'done' && isRefusal(answer);
}

/** @param answer the first page, where it was asked for together with others */
async function itemsIn(
  conversation: Conversation,
  keys: readonly string[],
  folder: SearchedFolder,
  answer: Outcome<Told> | undefined,
): Promise<Outcome<readonly Found[]>> {
  const ask = (offset: number): Promise<Outcome<Told>> =>
    conversation.ask('FindItem', findItem(keys, [folder.reference], offset));
  const first = answer ?? (await ask(0));
  if (folder !== CALENDAR && first.kind !== 'done' && cannotBeSearched(first)) return { kind: 'done', value: [] };
  const items = await allPages('Items', first, ask);
  if (items.kind !== 'done') return items;
  return { kind: 'done', value: items.value.flatMap((item) => foundItem(item, folder.place) ?? []) };
}
