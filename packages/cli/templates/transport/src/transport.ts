import {
  type Access,
  AppointedError,
  type AppointmentTransport,
  type Call,
  type Found,
  isNativeAppointment,
  type Mailbox,
  type Outcome,
  placementUid,
  type Receipt,
  type Removal,
  type Route,
  type SaveItem,
  type SaveRequest,
  type Similar,
  type StoredItem,
  type Update,
} from '@appointed/core';
import { ask } from './ask.js';
import { JsonFiles } from './json-files.js';
import type { Store, StoredEntry } from './store.js';
import { changedFields, storedFields } from './stored-fields.js';

/** Where the appointments go. */
export interface CalendarFolderTransportOptions {
  /** A folder with one folder for each mailbox, named after it in lower case: who has none does not exist. */
  readonly folder: string;
  /** By default JSON files in the folder; for tests. */
  readonly store?: Store;
}

const NAME = 'calendar-folder';
const MOST_AT_ONCE = 8;

/** Keeps appointments as files, a folder for each mailbox. Nobody is invited. */
export function calendarFolderTransport({ folder, store }: CalendarFolderTransportOptions): AppointmentTransport {
  return new FolderTransport(store ?? new JsonFiles(folder));
}

class FolderTransport implements AppointmentTransport {
  readonly name = NAME;
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Declare no more than the contract's tests prove. */
  route(): Route {
    return {
      capabilities: { sendModes: ['none'], maxItemsPerSave: 1 },
      lanes: [{ id: NAME, maxInFlight: MOST_AT_ONCE }],
    };
  }

  async save({ mailbox, items }: SaveRequest, call: Call): Promise<readonly Outcome<Receipt>[]> {
    return Promise.all(items.map((item) => this.#save(mailbox, item, call)));
  }

  find(mailbox: Mailbox, keys: readonly string[], call: Call): Promise<Outcome<readonly Found[]>> {
    return ask(mailbox, call, async () => {
      const entries = await this.#store.all(mailbox);
      return entries
        .filter(({ key }) => keys.includes(key))
        .map((entry) => ({ ...receiptOf(entry), ...placeOf(entry) }));
    });
  }

  read(mailbox: Mailbox, itemIds: readonly string[], call: Call): Promise<Outcome<readonly (StoredItem | 'gone')[]>> {
    return ask(mailbox, call, () =>
      Promise.all(
        itemIds.map(async (itemId) => {
          const entry = await this.#store.get(mailbox, itemId);
          return entry === undefined ? 'gone' : { itemId, changeKey: entry.changeKey, fields: entry.fields };
        }),
      ),
    );
  }

  /** Between reading and writing somebody else may write: a server that can compare by itself does it better. */
  update(mailbox: Mailbox, update: Update, call: Call): Promise<Outcome<Receipt | 'gone' | 'conflict'>> {
    const { itemId, changeKey, set, clear } = update;
    return ask(mailbox, call, async () => {
      const entry = await this.#store.get(mailbox, itemId);
      if (entry === undefined) return 'gone';
      if (changeKey !== undefined && changeKey !== entry.changeKey) return 'conflict';
      const changed = { ...entry, fields: changedFields(entry.fields, set, clear) };
      return receiptOf(await this.#store.replace(mailbox, itemId, changed));
    });
  }

  remove(mailbox: Mailbox, { itemId }: Removal, call: Call): Promise<Outcome<'removed' | 'gone'>> {
    return ask(mailbox, call, async () => ((await this.#store.delete(mailbox, itemId)) ? 'removed' : 'gone'));
  }

  hasSimilar(mailbox: Mailbox, { subject, start }: Similar, call: Call): Promise<Outcome<boolean>> {
    return ask(mailbox, call, async () => {
      const entries = await this.#store.all(mailbox);
      return entries.some(({ fields }) => fields.subject === subject && fields.start?.epochMs === start.epochMs);
    });
  }

  check(mailbox: Mailbox, call: Call): Promise<Outcome<Access>> {
    return ask(mailbox, call, async () => {
      await this.#store.check(mailbox);
      return mailbox.kind === 'smtp' ? { primaryAddress: mailbox.id, kind: 'mailbox' } : {};
    });
  }

  /** A folder says nothing of zones: the run's `fallbackTimeZone` is taken. */
  zone(mailbox: Mailbox, call: Call): Promise<Outcome<string | undefined>> {
    return ask(mailbox, call, async () => {
      await this.#store.check(mailbox);
      return undefined;
    });
  }

  async #save(mailbox: Mailbox, { content, key, uid = placementUid(key) }: SaveItem, call: Call) {
    if (isNativeAppointment(content)) return unsupported(mailbox);
    return ask(mailbox, call, async () =>
      receiptOf(await this.#store.add(mailbox, { key, uid, fields: storedFields(content) })),
    );
  }
}

function receiptOf({ itemId, changeKey, uid }: StoredEntry): Receipt {
  return { itemId, changeKey, iCalUid: uid };
}

function placeOf({ key }: StoredEntry): Pick<Found, 'key' | 'place'> {
  return { key, place: 'calendar' };
}

function unsupported({ id: mailbox }: Mailbox): Outcome<never> {
  const error = new AppointedError('unsupported', `${mailbox}: ${NAME} saves no native appointments`, { mailbox });
  return { kind: 'rejected', scope: 'placement', error };
}
