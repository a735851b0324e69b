import { setImmediate } from 'node:timers/promises';
import {
  AppointedError,
  type AppointmentTransport,
  type Call,
  type ErrorCode,
  type Failure,
  type Found,
  type Lane,
  type Mailbox,
  type Outcome,
  placementUid,
  type Receipt,
  type Removal,
  type Route,
  type SaveItem,
  type SaveRequest,
  type TransportCapabilities,
} from '@appointed/core';
import { waitFor } from './call-limits.js';
import { type FakeAnswer, type FakeScript, type FakeVerb, ScriptReader } from './fake-script.js';
import { FakeStore, type FakeItem } from './fake-store.js';

/** What a fake transport is and does; nothing is required. */
export interface FakeTransportOptions {
  /** By default `fake`. */
  readonly name?: string;
  /** By default every send mode, and ten items in one save. */
  readonly capabilities?: Partial<TransportCapabilities>;
  /** By default one lane for each mailbox, without a cap. */
  readonly lanes?: (mailbox: Mailbox) => readonly Lane[];
  readonly script?: FakeScript;
  /** Addresses that no mailbox has: `ErrorNonExistentMailbox`. */
  readonly unknown?: readonly string[];
  /** Mailboxes that may not be acted for: `ErrorImpersonateUserDenied`. */
  readonly denied?: readonly string[];
}

/** An {@link AppointmentTransport} in memory. Honours the contract; every other mailbox exists and works. */
export interface FakeTransport extends AppointmentTransport {
  /** What it was asked to save, in the order of the calls. */
  readonly saves: readonly SaveRequest[];
  /** The most calls that were under way at once. */
  readonly mostInFlight: number;
  readonly closed: boolean;
  /** What a calendar holds, in the order of saving. */
  stored(mailbox: string): readonly FakeItem[];
  close(): Promise<void>;
}

/** Makes a transport without a server, for tests of factories, plugins and programs. */
export function fakeTransport(options: FakeTransportOptions = {}): FakeTransport {
  return new MemoryTransport(options);
}

class MemoryTransport implements FakeTransport {
  readonly name: string;
  readonly saves: SaveRequest[] = [];
  mostInFlight = 0;
  closed = false;
  readonly #capabilities: TransportCapabilities;
  readonly #lanes: (mailbox: Mailbox) => readonly Lane[];
  readonly #script: ScriptReader;
  readonly #refused: ReadonlyMap<string, string>;
  readonly #store = new FakeStore();
  #inFlight = 0;

  constructor(options: FakeTransportOptions) {
    const { name = 'fake', unknown = [], denied = [] } = options;
    this.name = name;
    this.#capabilities = {
      sendModes: ['none', 'all', 'allAndSaveCopy'],
      maxItemsPerSave: 10,
      nativeAppointments: [name],
      ...options.capabilities,
    };
    this.#lanes = options.lanes ?? (({ kind, id }) => [{ id: `${name}:${kind}:${id.toLowerCase()}` }]);
    this.#script = new ScriptReader(options.script ?? []);
    this.#refused = new Map([
      ...unknown.map((address) => [address.toLowerCase(), 'ErrorNonExistentMailbox'] as const),
      ...denied.map((address) => [address.toLowerCase(), 'ErrorImpersonateUserDenied'] as const),
    ]);
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

  async find(mailbox: Mailbox, keys: readonly string[], call: Call): Promise<Outcome<readonly Found[]>> {
    const { outcome } = await this.#answer('find', mailbox, call);
    if (typeof outcome === 'object') return outcome;
    const found = this.#store.items(mailbox.id).filter(({ key }) => keys.includes(key));
    return {
      kind: 'done',
      value: found.map(({ key, itemId, changeKey }) => ({ key, itemId, changeKey, iCalUid: placementUid(key) })),
    };
  }

  async remove(mailbox: Mailbox, { itemId }: Removal, call: Call): Promise<Outcome<'removed' | 'gone'>> {
    const { outcome, stored } = await this.#answer('remove', mailbox, call);
    const failure = typeof outcome === 'object' ? outcome : undefined;
    if (failure !== undefined && stored !== true) return failure;
    const value = this.#store.remove(mailbox.id, itemId) ? 'removed' : 'gone';
    return failure ?? { kind: 'done', value };
  }

  stored(mailbox: string): readonly FakeItem[] {
    return this.#store.items(mailbox);
  }

  close(): Promise<void> {
    this.closed = true;
    return Promise.resolve();
  }

  async #answer(verb: FakeVerb, mailbox: Mailbox, call: Call): Promise<FakeAnswer> {
    const refusal = this.#refusal(mailbox, call);
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
    const code = this.#refused.get(id.toLowerCase());
    if (code === undefined) return undefined;
    return { kind: 'rejected', scope: 'mailbox', error: failed('server_rejected', id, code, code) };
  }
}

function failureOf({ outcome }: FakeAnswer, item: SaveItem, index: number): Failure | undefined {
  return typeof outcome === 'function' ? outcome(item, index) : outcome;
}

function failed(code: ErrorCode, mailbox: string, complaint: string, serverCode?: string): AppointedError {
  const server = serverCode === undefined ? {} : { server: { code: serverCode } };
  return new AppointedError(code, `${mailbox}: ${complaint}`, { mailbox, ...server });
}
