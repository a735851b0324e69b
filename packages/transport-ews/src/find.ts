import { type Call, type Found, type Mailbox, type Outcome } from '@appointed/core';
import { failureOf } from './classify/classify.js';
import { unreadable } from './classify/unreadable.js';
import type { ResponseMessage } from './decode/soap-answer.js';
import { child, within, type XmlElement } from './decode/xml-tree.js';
import { findItem } from './encode/find-item.js';
import type { EwsClient } from './ews-client.js';

/** Exchange takes a restriction of a few hundred conditions; each of ours is some 400 bytes. */
const KEYS_PER_REQUEST = 50;

/** One page of a search. */
interface Page {
  readonly found: readonly Found[];
  readonly nextOffset?: number;
}

/** Finds every item of these keys: operation FindItem, all pages, within the one deadline. */
export async function find(
  client: EwsClient,
  mailbox: Mailbox,
  keys: readonly string[],
  lane: string,
  call: Call,
): Promise<Outcome<readonly Found[]>> {
  const deadline = Date.now() + call.timeoutMs;
  const all: Found[] = [];
  for (let first = 0; first < keys.length; first += KEYS_PER_REQUEST) {
    const some = keys.slice(first, first + KEYS_PER_REQUEST);
    for (let offset: number | undefined = 0; offset !== undefined;) {
      const rest = { ...call, timeoutMs: Math.max(deadline - Date.now(), 0) };
      const page = await findPage(client, mailbox, some, offset, lane, rest);
      if (page.kind !== 'done') return page;
      all.push(...page.value.found);
      offset = page.value.nextOffset;
    }
  }
  return { kind: 'done', value: all };
}

async function findPage(
  client: EwsClient,
  mailbox: Mailbox,
  keys: readonly string[],
  offset: number,
  lane: string,
  call: Call,
): Promise<Outcome<Page>> {
  const { classified, subject } = await client.send('FindItem', findItem(keys, offset), mailbox, lane, call);
  if (classified.kind === 'failure') return classified.failure;
  const [message] = classified.messages;
  if (message === undefined) return unreadable('the answer holds no result', subject, classified.server);
  if (!message.success) return failureOf(message, subject, classified.server);
  const page = readPage(message, offset);
  return page === undefined
    ? unreadable('the answer holds no folder', subject, classified.server)
    : { kind: 'done', value: page };
}

function readPage(message: ResponseMessage, offset: number): Page | undefined {
  const folder = child(message.element, 'RootFolder');
  if (folder === undefined) return undefined;
  const items = child(folder, 'Items')?.children ?? [];
  const found = items.flatMap(readItem);
  const isLast = folder.attributes['IncludesLastItemInRange'] !== 'false';
  // A page that is not the last and yet brings us no further would never end.
  if (isLast || items.length === 0) return { found };
  const next = Number(folder.attributes['IndexedPagingOffset']);
  return { found, nextOffset: next > offset ? next : offset + items.length };
}

function readItem(item: XmlElement): readonly Found[] {
  const { Id, ChangeKey } = child(item, 'ItemId')?.attributes ?? {};
  const key = keyIn(item);
  if (Id === undefined || key === undefined) return [];
  const iCalUid = child(item, 'UID')?.text;
  return [
    {
      key,
      itemId: Id,
      ...(ChangeKey === undefined ? {} : { changeKey: ChangeKey }),
      ...(iCalUid === undefined ? {} : { iCalUid }),
    },
  ];
}

/** The only extended property that was asked for. */
function keyIn(item: XmlElement): string | undefined {
  const property = child(item, 'ExtendedProperty');
  if (property === undefined) return undefined;
  for (const { name, text } of within(property)) if (name === 'Value') return text;
  return undefined;
}
