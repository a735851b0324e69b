import {
  type Appointment,
  type ItemPlace,
  type Mailbox,
  placementUid,
  type Receipt,
  type SaveItem,
  type SendMode,
  type Similar,
  type Update,
} from '@appointed/core';
import type { FakeItem } from './fake-item.js';
import { changedFields, fieldsOf } from './stored-fields.js';

/** Mailboxes in memory, by their names in any case. What is changed is another object: nothing handed out changes. */
export class FakeStore {
  readonly #mailboxes = new Map<string, FakeItem[]>();
  readonly #counts = new Map<string, number>();

  add({ id }: Mailbox, { key, uid = placementUid(key), content }: SaveItem, sendMode: SendMode): Receipt {
    const fields = fieldsOf(content);
    return this.#put(id, {
      key,
      iCalUid: uid,
      place: 'calendar',
      subject: fields.subject ?? '',
      fields,
      sendMode,
      content,
    });
  }

  /** Everything in a mailbox, also what was deleted, in the order of saving. */
  items(mailbox: string): readonly FakeItem[] {
    return [...this.#of(mailbox)];
  }

  item(mailbox: string, itemId: string): FakeItem | undefined {
    return this.#of(mailbox).find((item) => item.itemId === itemId);
  }

  update(mailbox: string, { itemId, changeKey, set, clear }: Update): Receipt | 'gone' | 'conflict' {
    const item = this.item(mailbox, itemId);
    if (item === undefined) return 'gone';
    if (changeKey !== undefined && changeKey !== item.changeKey) return 'conflict';
    return this.#replace(mailbox, item, withFields(item, changedFields(item.fields, set, clear)));
  }

  /** @returns undefined if it is not there */
  edit(mailbox: string, itemId: string, set: Partial<Appointment>): Receipt | undefined {
    const receipt = this.update(mailbox, { itemId, set, clear: [], sendMode: 'none' });
    return typeof receipt === 'string' ? undefined : receipt;
  }

  /** Moves to another folder, where the item has another id. @returns undefined if it is not there */
  move(mailbox: string, itemId: string, place: ItemPlace): Receipt | undefined {
    const item = this.item(mailbox, itemId);
    return item && this.#replace(mailbox, item, { ...item, itemId: this.#next('item'), place });
  }

  /** Copies within a folder: the key stays, the UID is another one. @returns undefined if it is not there */
  copy(mailbox: string, itemId: string): Receipt | undefined {
    const item = this.item(mailbox, itemId);
    return item && this.#put(mailbox, { ...item, iCalUid: this.#next('copy') });
  }

  /** Leaves nothing of it. @returns whether it was there */
  purge(mailbox: string, itemId: string): boolean {
    const all = this.#of(mailbox);
    const index = all.findIndex((item) => item.itemId === itemId);
    if (index >= 0) all.splice(index, 1);
    return index >= 0;
  }

  hasSimilar(mailbox: string, { subject, start }: Similar): boolean {
    return this.#of(mailbox).some(
      ({ place, fields }) =>
        place === 'calendar' &&
        fields.subject?.toLowerCase() === subject.toLowerCase() &&
        fields.start?.epochMs === start.epochMs,
    );
  }

  #put(mailbox: string, item: Omit<FakeItem, 'itemId' | 'changeKey'>): Receipt {
    const put = Object.freeze({ ...item, itemId: this.#next('item'), changeKey: this.#next('change') });
    this.#of(mailbox).push(put);
    return receiptOf(put);
  }

  #replace(mailbox: string, old: FakeItem, item: FakeItem): Receipt {
    const put = Object.freeze({ ...item, changeKey: this.#next('change') });
    const all = this.#of(mailbox);
    all[all.indexOf(old)] = put;
    return receiptOf(put);
  }

  #next(kind: 'item' | 'change' | 'copy'): string {
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    return `${kind}-${count}`;
  }

  #of(mailbox: string): FakeItem[] {
    const known = this.#mailboxes.get(mailbox.toLowerCase());
    if (known !== undefined) return known;
    const items: FakeItem[] = [];
    this.#mailboxes.set(mailbox.toLowerCase(), items);
    return items;
  }
}

function withFields(item: FakeItem, fields: Partial<Appointment>): FakeItem {
  return { ...item, fields, subject: fields.subject ?? '' };
}

function receiptOf({ itemId, changeKey, iCalUid }: FakeItem): Receipt {
  return { itemId, changeKey, iCalUid };
}
