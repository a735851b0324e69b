import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Mailbox } from '@appointed/core';
import { type NewEntry, type Store, type StoredEntry, StoreError } from './store.js';

const ITEM_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const CHANGE_KEY_LENGTH = 16; // hexadecimal digits

/** A folder with one folder for each mailbox, named after it in lower case, and in that a JSON file for each appointment. */
export class JsonFiles implements Store {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  async check(mailbox: Mailbox): Promise<void> {
    await this.#folderOf(mailbox);
  }

  async add(mailbox: Mailbox, entry: NewEntry): Promise<StoredEntry> {
    return this.#write(await this.#folderOf(mailbox), randomUUID(), entry);
  }

  async all(mailbox: Mailbox): Promise<readonly StoredEntry[]> {
    const folder = await this.#folderOf(mailbox);
    const ids = (await readdir(folder)).filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -5));
    const entries = await Promise.all(ids.map((itemId) => read(folder, itemId)));
    return entries.filter((entry) => entry !== undefined);
  }

  async get(mailbox: Mailbox, itemId: string): Promise<StoredEntry | undefined> {
    return read(await this.#folderOf(mailbox), itemId);
  }

  async replace(mailbox: Mailbox, itemId: string, entry: NewEntry): Promise<StoredEntry> {
    return this.#write(await this.#folderOf(mailbox), itemId, entry);
  }

  async delete(mailbox: Mailbox, itemId: string): Promise<boolean> {
    const folder = await this.#folderOf(mailbox);
    if ((await read(folder, itemId)) === undefined) return false;
    await rm(fileOf(folder, itemId), { force: true });
    return true;
  }

  /** Never half a file, for whoever reads it meanwhile. */
  async #write(folder: string, itemId: string, { key, uid, fields }: NewEntry): Promise<StoredEntry> {
    const text = `${JSON.stringify({ key, uid, fields }, undefined, 2)}\n`;
    const draft = join(folder, `${itemId}.${randomUUID()}.draft`);
    await writeFile(draft, text, { flag: 'wx', flush: true });
    await rename(draft, fileOf(folder, itemId));
    return { itemId, changeKey: changeKeyOf(text), key, uid, fields };
  }

  async #folderOf({ id }: Mailbox): Promise<string> {
    const folder = join(this.#root, encodeURIComponent(id.toLowerCase()).replaceAll('%40', '@'));
    try {
      if ((await stat(folder)).isDirectory()) return folder;
    } catch (cause) {
      await this.#checkRoot();
      throw new StoreError('NoSuchMailbox', 'there is no such folder', cause);
    }
    throw new StoreError('MailboxClosed', 'it is no folder');
  }

  async #checkRoot(): Promise<void> {
    try {
      await stat(this.#root);
    } catch (cause) {
      throw new StoreError('Unreachable', `${this.#root} cannot be read`, cause);
    }
  }
}

async function read(folder: string, itemId: string): Promise<StoredEntry | undefined> {
  // What is no id of ours must not become a path.
  if (!ITEM_ID.test(itemId)) return undefined;
  try {
    const text = await readFile(fileOf(folder, itemId), 'utf8');
    const { key, uid, fields } = JSON.parse(text) as NewEntry;
    return { itemId, changeKey: changeKeyOf(text), key, uid, fields };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function fileOf(folder: string, itemId: string): string {
  return join(folder, `${itemId}.json`);
}

function changeKeyOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, CHANGE_KEY_LENGTH);
}
