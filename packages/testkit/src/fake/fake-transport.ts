import { setImmediate } from 'node:timers/promises';
import {
  type Access,
  AppointedError,
  type AppointmentTransport,
  type Call,
  type ErrorCode,
  type Failure,
  type Found,
  type Lane,
  type Mailbox,
  type Outcome,
  type Receipt,
  type Removal,
  type Route,
  type SaveItem,
  type SaveRequest,
  type Similar,
  type StoredItem,
  type TransportCapabilities,
  type Update,
} from '@appointed/core';
import { waitFor } from './call-limits.js';
import { FakeDirectory, type FakeDirectoryOptions } from './fake-directory.js';
import type { FakeItem } from './fake-item.js';
import { type FakeOwner, fakeOwner } from './fake-owner.js';
import { type FakeAnswer, type FakeScript, type FakeVerb, ScriptReader } from './fake-script.js';
import { FakeStore } from './fake-store.js';

/** What a fake transport is and does; nothing is required. */
export interface FakeTransportOptions extends FakeDirectoryOptions {
  /** By default `fake`. */
  readonly name?: string;
  /** By default every send mode, ten items and 32 MiB of attachments in one save, and online meetings. */
  readonly capabilities?: Partial<TransportCapabilities>;
  /** By default one lane for each mailbox, without a cap. */
  readonly lanes?: (mailbox: Mailbox) => readonly Lane[];
  readonly script?: FakeScript;
}

/** An {@link AppointmentTransport} in memory. Honours the contract; every other mailbox exists and works. */
export interface FakeTransport extends AppointmentTransport {
  /** What it was asked to save, in the order of the calls. */
  readonly saves: readonly SaveRequest[];
  /** What it was asked to change. */
  readonly updates: readonly (Update & { readonly mailbox: Mailbox })[];
  /** What it was asked to remove. */
  readonly removals: readonly (Removal & { readonly mailbox: Mailbox })[];
  /** The most calls that were under way at once. */
  readonly mostInFlight: number;
  readonly closed: boolean;
  /** Does to the items what their owners do, at once. */
  readonly owner: FakeOwner;
  /** What a mailbox holds and its owner has not deleted, in the order of saving. */
  stored(mailbox: string): readonly FakeItem[];
  close(): Promise<void>;
}

/** Makes a transport without a server, for tests of factories, plugins and programs. */
export function fakeTransport(options: FakeTransportOptions = {}): FakeTransport {
  return new MemoryTransport(options);
}

const MAX_ATTACHMENT_BYTES = 32 * 1024 * 1024;

class MemoryTransport implements FakeTransport {
  readonly name: string;
  readonly saves: SaveRequest[] = [];
  readonly updates: (Update & { readonly mailbox: Mailbox })[] = [];
  readonly removals: (Removal & { readonly mailbox: Mailbox })[] = [];
  readonly owner: FakeOwner;
  mostInFlight = 0;
  closed = false;
  readonly #capabilities: TransportCapabilities;
  readonly #lanes: (mailbox: Mailbox) => readonly Lane[];
  readonly #script: ScriptReader;
  readonly #directory: FakeDirectory;
  readonly #store = new FakeStore();
  #inFlight = 0;

  constructor(options: FakeTransportOptions) {
    const { name = 'fake' } = options;
    this.name = name;
    this.#capabilities = {
      sendModes: ['none', 'all', 'allAndSaveCopy'],
      maxItemsPerSave: 10,
      maxAttachmentBytes: MAX_ATTACHMENT_BYTES,
      onlineMeetings: true,
      nativeAppointments: [name],
      ...options.capabilities,
    };
    this.#lanes = options.lanes ?? (({ kind, id }) => [{ id: `${name}:${kind}:${id.toLowerCase()}` }]);
    this.#script = new ScriptReader(options.script ?? []);
    this.#directory = new FakeDirectory(options);
    this.owner = fakeOwner(this.#store);
  }

  route(mailbox: Mailbox): Route {
    return { capabilities: this.#capabilities, lanes: this.#lanes(mailbox) };
  }

  async save(request: SaveRequest, call: Call): Promise<readonly Outcome<Receipt>[]> {
    this.saves.push(request);
    const { mailbox, sendMode, items } = request;
    const answer = await this.#answer('save', mailbox, call);
    return items.map((item, index) => {
      const failure = failureOf(answer, item, index);
      if (failure === undefined) return { kind: 'done', value: this.#store.add(mailbox, item, sendMode) };
      if (answer.stored === true) this.#store.add(mailbox, item, sendMode);
      return failure;
    });
  }

  find(mailbox: Mailbox, keys: readonly string[], call: Call): Promise<Outcome<readonly Found[]>> {
    return this.#look('find', mailbox, call, () =>
      this.#store
        .items(mailbox.id)
        .filter(({ key }) => keys.includes(key))
        .map(({ key, itemId, changeKey, iCalUid, place }) => ({ key, itemId, changeKey, iCalUid, place })),
    );
  }

  read(mailbox: Mailbox, itemIds: readonly string[], call: Call): Promise<Outcome<readonly (StoredItem | 'gone')[]>> {
    return this.#look('read', mailbox, call, () =>
      itemIds.map((itemId) => {
        const item = this.#store.item(mailbox.id, itemId);
        return item === undefined ? 'gone' : { itemId, changeKey: item.changeKey, fields: item.fields };
      }),
    );
  }

  update(mailbox: Mailbox, update: Update, call: Call): Promise<Outcome<Receipt | 'gone' | 'conflict'>> {
    this.updates.push({ ...update, mailbox });
    const { unchangeableFields = [] } = this.#capabilities;
    const field = unchangeableFields.find((one) => one in update.set || update.clear.includes(one));
    if (field !== undefined) return Promise.resolve(unsupported(field, mailbox));
    return this.#write('update', mailbox, call, () => this.#store.update(mailbox.id, update));
  }

  remove(mailbox: Mailbox, removal: Removal, call: Call): Promise<Outcome<'removed' | 'gone'>> {
    this.removals.push({ ...removal, mailbox });
    return this.#write('remove', mailbox, call, () =>
      this.#store.move(mailbox.id, removal.itemId, 'deleted') === undefined ? 'gone' : 'removed',
    );
  }

  hasSimilar(mailbox: Mailbox, similar: Similar, call: Call): Promise<Outcome<boolean>> {
    return this.#look('hasSimilar', mailbox, call, () => this.#store.hasSimilar(mailbox.id, similar));
  }

  check(mailbox: Mailbox, call: Call): Promise<Outcome<Access>> {
    return this.#look('check', mailbox, call, () => this.#directory.access(mailbox));
  }

  zone(mailbox: Mailbox, call: Call): Promise<Outcome<string | undefined>> {
    return this.#look('zone', mailbox, call, () => this.#directory.zone(mailbox));
  }

  stored(mailbox: string): readonly FakeItem[] {
    return this.#store.items(mailbox).filter(({ place }) => place !== 'deleted');
  }

  close(): Promise<void> {
    this.closed = true;
    return Promise.resolve();
  }

  async #look<T>(verb: FakeVerb, mailbox: Mailbox, call: Call, look: () => T): Promise<Outcome<T>> {
    const { outcome } = await this.#answer(verb, mailbox, call);
    return typeof outcome === 'object' ? outcome : { kind: 'done', value: look() };
  }

  async #write<T>(verb: FakeVerb, mailbox: Mailbox, call: Call, write: () => T): Promise<Outcome<T>> {
    const { outcome, stored } = await this.#answer(verb, mailbox, call);
    if (typeof outcome !== 'object') return { kind: 'done', value: write() };
    if (stored === true) write();
    return outcome;
  }

  async #answer(verb: FakeVerb, mailbox: Mailbox, call: Call): Promise<FakeAnswer> {
    const refusal = this.#refusal(mailbox, call) ?? this.#directory.refusal(mailbox);
    if (refusal !== undefined) return { outcome: refusal };
    const answer = this.#script.next(verb, mailbox);
    this.#inFlight += 1;
    this.mostInFlight = Math.max(this.mostInFlight, this.#inFlight);
    try {
      // A turn of the event loop, as any answer that crosses a network takes.
      const failure = await waitFor(answer.after ?? setImmediate(), mailbox, call);
      return failure === undefined ? answer : { ...answer, outcome: failure };
    } finally {
      this.#inFlight -= 1;
    }
  }

  #refusal({ id }: Mailbox, { signal, sendBy }: Call): Failure | undefined {
    if (this.closed) {
      return { kind: 'rejected', scope: 'run', error: failed('connection_failed', id, 'the transport was closed') };
    }
    if (signal.aborted) return { kind: 'deferred', error: failed('aborted', id, 'the run was aborted') };
    if (Date.now() > sendBy) return { kind: 'deferred', error: failed('timed_out', id, 'too late to send') };
    return undefined;
  }
}

function unsupported(field: string, { id }: Mailbox): Failure {
  const error = new AppointedError('unsupported', `${id}: ${field} cannot be changed`, { mailbox: id, field });
  return { kind: 'rejected', scope: 'placement', error };
}

function failureOf({ outcome }: FakeAnswer, item: SaveItem, index: number): Failure | undefined {
  return typeof outcome === 'function' ? outcome(item, index) : outcome;
}

function failed(code: ErrorCode, mailbox: string, complaint: string): AppointedError {
  return new AppointedError(code, `${mailbox}: ${complaint}`, { mailbox });
}
