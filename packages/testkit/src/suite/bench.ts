import assert from 'node:assert/strict';
import {
  type Appointment,
  type AppointmentInput,
  type AppointmentTransport,
  type Call,
  type Found,
  type Mailbox,
  type Outcome,
  parseAppointment,
  parseMailbox,
  placementKey,
  type Receipt,
  type SaveItem,
  type SendMode,
  type Similar,
  type StoredItem,
  type TransportCapabilities,
  type Update,
} from '@appointed/core';
import { patiently } from './patiently.js';
import type { CalendarEntry, OwnerDeeds, TransportHarness, TransportUnderTest } from './transport-harness.js';

const DEFAULT_PATIENCE_MS = 10_000;

/** What a test of the suite works with. */
export interface Bench {
  readonly under: TransportUnderTest;
  readonly transport: AppointmentTransport;
  /** The nth mailbox that works. */
  mailbox(n: number): Mailbox;
  /** Saves, and fails unless the outcome is `done`. By default as quietly as the transport can. */
  save(mailbox: Mailbox, item: SaveItem, sendMode?: SendMode): Promise<Receipt>;
  /** Finds, and fails unless the outcome is `done`. */
  find(mailbox: Mailbox, keys: readonly string[]): Promise<readonly Found[]>;
  /** Reads one item, and fails unless it is there. */
  read(mailbox: Mailbox, itemId: string): Promise<StoredItem>;
  /** Changes an item as quietly as the transport can, and fails unless the outcome is `done`. */
  update(mailbox: Mailbox, update: Partial<Update> & Pick<Update, 'itemId'>): Promise<Receipt | 'gone' | 'conflict'>;
  /** Does a deed that the harness declares. */
  owner(deed: keyof OwnerDeeds, mailbox: Mailbox, itemId: string, subject?: string): Promise<void>;
  stored(mailbox: Mailbox): Promise<readonly CalendarEntry[]>;
}

/** Declares one test of the suite. */
export type Test = (name: string, body: (bench: Bench) => Promise<void>) => void;

/** Runs one test, and fails it when it takes longer than the harness has patience. */
export async function bench(harness: TransportHarness, body: (bench: Bench) => Promise<void>): Promise<void> {
  const under = await harness.open();
  try {
    await patiently(
      body(benchOf(under, quietestMode(harness.capabilities))),
      harness.patienceMs ?? DEFAULT_PATIENCE_MS,
    );
  } finally {
    await under.close();
  }
}

/** Not every transport can save or change a meeting and tell nobody. */
function quietestMode({ sendModes }: TransportCapabilities): SendMode {
  const [first = 'none'] = sendModes;
  return sendModes.includes('none') ? 'none' : first;
}

function benchOf(under: TransportUnderTest, quietest: SendMode): Bench {
  const { transport } = under;
  return {
    under,
    transport,
    mailbox: (n) => parseMailbox(under.mailbox(n)),
    stored: (mailbox) => under.stored(mailbox),
    async save(mailbox, item, sendMode = quietest) {
      const [outcome] = await transport.save({ mailbox, sendMode, items: [item] }, call());
      return done('save', outcome);
    },
    find: async (mailbox, keys) => done('find', await transport.find(mailbox, keys, call())),
    async read(mailbox, itemId) {
      const [item] = done('read', await transport.read(mailbox, [itemId], call()));
      assert.ok(item !== undefined && item !== 'gone', `${itemId} was not read`);
      return item;
    },
    async update(mailbox, update) {
      const whole: Update = { set: {}, clear: [], sendMode: quietest, ...update };
      return done('update', await transport.update(mailbox, whole, call()));
    },
    async owner(deed, mailbox, itemId, subject = '') {
      const act = under.owner?.[deed];
      assert.ok(act, `the harness declares the owner's deed ${deed} and cannot do it`);
      await act.call(under.owner, mailbox, itemId, subject);
    },
  };
}

function done<T>(verb: string, outcome: Outcome<T> | undefined): T {
  if (outcome?.kind === 'done') return outcome.value;
  throw new assert.AssertionError({ message: `${verb} was ${outcome?.kind}: ${outcome?.error.message}` });
}

/** The limits of a call, generous unless told otherwise. */
export function call(limits: Partial<Call> = {}): Call {
  return { signal: new AbortController().signal, sendBy: Date.now() + 60_000, timeoutMs: 60_000, ...limits };
}

/** An appointment to save, and no native one. */
export interface KeyedAppointment extends SaveItem {
  readonly content: Appointment;
}

/** An appointment to save, with the key of a placement in that slot. */
export function itemFor(mailbox: Mailbox, slot: string, fields: Partial<AppointmentInput> = {}): KeyedAppointment {
  return { key: placementKey('transport-suite', slot, mailbox), content: appointment({ subject: slot, ...fields }) };
}

/** What an owner would say is the same appointment. */
export function similarTo({ content }: KeyedAppointment): Similar {
  return { subject: content.subject, start: content.start };
}

/** Fields of an appointment, as a transport is given them. */
export function fields(input: Partial<AppointmentInput>): Partial<Appointment> {
  const whole = appointment({ subject: 'any', ...input });
  // Whether it takes all day is said by its start.
  const given = new Set([...Object.keys(input), ...('start' in input ? ['isAllDay'] : [])]);
  return Object.fromEntries(Object.entries(whole).filter(([field]) => given.has(field)));
}

function appointment(fields: Partial<AppointmentInput> & Pick<AppointmentInput, 'subject'>): Appointment {
  return parseAppointment({
    start: { dateTime: '2027-03-15T09:00:00', timeZone: 'UTC' },
    end: { dateTime: '2027-03-15T10:00:00', timeZone: 'UTC' },
    ...fields,
  });
}
