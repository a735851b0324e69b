import type { Mailbox } from '../directory/mailbox.js';
import { ItemError } from './fault.js';

/**
 * Ids look like Exchange's: Base64 of a kind, the mailbox, and an entry id whose last part counts. All but the counter
 * is fixed for a mailbox, so ids are made by joining and never stored.
 */
interface Layout {
  readonly item: string;
  readonly folder: string;
  readonly itemKey: string;
  readonly folderKey: string;
}

const TAIL = 'AAA=';
const COUNTER = 8;
const ITEM_PREFIX = 140;
const FOLDER_PREFIX = 108;
const SHAPE = /^[A-Za-z0-9+/]+={0,2}$/;

const layouts = new Map<string, Layout>();
const owners = new Map<string, string>();

export function itemId(mailbox: Mailbox, number: number): string {
  return layoutOf(mailbox).item + counter(number) + TAIL;
}

export function folderId(mailbox: Mailbox, number: number): string {
  return layoutOf(mailbox).folder + counter(number) + TAIL;
}

export function itemChangeKey(mailbox: Mailbox, change: number): string {
  return layoutOf(mailbox).itemKey + counter(change);
}

export function folderChangeKey(mailbox: Mailbox, number: number): string {
  return layoutOf(mailbox).folderKey + counter(number);
}

/** The number in an item id. @throws ItemError ErrorInvalidIdMalformed, or ErrorItemNotFound for another mailbox's */
function parseItemId(mailbox: Mailbox, id: string): number {
  if (id === '') throw new ItemError('ErrorInvalidIdEmpty', 'Id must be non-empty.');
  if (id.length === FOLDER_PREFIX + COUNTER + TAIL.length && owners.has(id.slice(0, FOLDER_PREFIX))) {
    throw new ItemError('ErrorCannotUseFolderIdForItemId', 'Id must be an item id, not a folder id.');
  }
  return parse(mailbox, id, ITEM_PREFIX, 'ErrorItemNotFound');
}

/** The number in a folder id. */
export function parseFolderId(mailbox: Mailbox, id: string): number {
  if (id === '') throw new ItemError('ErrorInvalidIdEmpty', 'Id must be non-empty.');
  if (id.length === ITEM_PREFIX + COUNTER + TAIL.length && owners.has(id.slice(0, ITEM_PREFIX))) {
    throw new ItemError('ErrorCannotUseItemIdForFolderId', 'Id must be a folder id, not an item id.');
  }
  return parse(mailbox, id, FOLDER_PREFIX, 'ErrorFolderNotFound');
}

/** Whether a change key names this change. @throws ItemError ErrorInvalidChangeKey */
export function isChangeKeyOf(mailbox: Mailbox, changeKey: string, change: number): boolean {
  if (!SHAPE.test(changeKey) || changeKey.length % 4 !== 0) {
    throw new ItemError('ErrorInvalidChangeKey', 'The change key is invalid.');
  }
  return changeKey === itemChangeKey(mailbox, change);
}

function parse(mailbox: Mailbox, id: string, prefix: number, missing: string): number {
  layoutOf(mailbox);
  if (!SHAPE.test(id) || id.length % 4 !== 0) throw new ItemError('ErrorInvalidIdMalformed', 'Id is malformed.');
  const owner = owners.get(id.slice(0, prefix));
  if (owner === undefined || id.length !== prefix + COUNTER + TAIL.length || !id.endsWith(TAIL)) {
    throw new ItemError('ErrorInvalidIdMalformed', 'Id is malformed.');
  }
  if (owner !== mailbox.guid) throw new ItemError(missing, 'The specified object was not found in the store.');
  return Buffer.from(id.slice(prefix, prefix + COUNTER), 'base64').readUIntBE(0, 6);
}

function counter(number: number): string {
  const bytes = Buffer.allocUnsafe(6);
  bytes.writeUIntBE(number, 0, 6);
  return bytes.toString('base64');
}

function layoutOf(mailbox: Mailbox): Layout {
  const known = layouts.get(mailbox.guid);
  if (known !== undefined) return known;
  const guid = Buffer.from(mailbox.guid.replaceAll('-', ''), 'hex');
  const moniker = Buffer.concat([Buffer.from([0, 3, 36, 0]), Buffer.from(mailbox.guid, 'latin1'), Buffer.from([0])]);
  const entry = Buffer.concat([Buffer.alloc(4), guid, Buffer.from([7, 0]), guid]);
  const item = Buffer.concat([moniker, Buffer.from([70, 0]), entry, Buffer.alloc(8, 1), guid]);
  const folder = Buffer.concat([moniker, Buffer.from([46, 0]), entry]);
  const layout: Layout = {
    item: item.toString('base64').slice(0, ITEM_PREFIX),
    folder: folder.toString('base64').slice(0, FOLDER_PREFIX),
    itemKey: changeKeyPrefix(15, guid),
    folderKey: changeKeyPrefix(2, guid),
  };
  layouts.set(mailbox.guid, layout);
  owners.set(layout.item, mailbox.guid);
  owners.set(layout.folder, mailbox.guid);
  return layout;
}

function changeKeyPrefix(kind: number, guid: Buffer): string {
  return Buffer.concat([Buffer.from([kind, 0, 0, 0, 22, 0, 0, 0]), guid]).toString('base64');
}

/** Days are counted from 1970 and may lie before it. */
const DAY_ZERO = 200_000;

/** The id of one occurrence of a series. */
export function occurrenceId(mailbox: Mailbox, number: number, day: number): string {
  return layoutOf(mailbox).item + counter(number) + counter(day + DAY_ZERO) + TAIL;
}

/** The series and the day in an occurrence's id; no day in the id of the series itself, or of any other item. */
export function parseAnyItemId(mailbox: Mailbox, id: string): { number: number; day: number | undefined } {
  if (id.length !== ITEM_PREFIX + COUNTER + COUNTER + TAIL.length) {
    return { number: parseItemId(mailbox, id), day: undefined };
  }
  const number = parseItemId(mailbox, id.slice(0, ITEM_PREFIX + COUNTER) + TAIL);
  return { number, day: readCounter(id, ITEM_PREFIX + COUNTER) - DAY_ZERO };
}

export function attachmentId(mailbox: Mailbox, number: number, attachment: number): string {
  return `${itemId(mailbox, number).slice(0, -TAIL.length)}ARIA${counter(attachment)}`;
}

/** The item and the attachment in an attachment's id. */
export function parseAttachmentId(mailbox: Mailbox, id: string): { number: number; attachment: number } {
  const mark = ITEM_PREFIX + COUNTER;
  if (!SHAPE.test(id) || id.length !== mark + 4 + COUNTER || id.slice(mark, mark + 4) !== 'ARIA') {
    throw new ItemError('ErrorInvalidAttachmentId', 'The attachment id is invalid.');
  }
  return { number: parseItemId(mailbox, id.slice(0, mark) + TAIL), attachment: readCounter(id, mark + 4) };
}

function readCounter(id: string, at: number): number {
  return Buffer.from(id.slice(at, at + COUNTER), 'base64').readUIntBE(0, 6);
}
