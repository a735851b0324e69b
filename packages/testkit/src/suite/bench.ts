import assert from 'node:assert/strict';
import {
  type AppointmentInput,
  type AppointmentTransport,
  type Call,
  type Found,
  type Mailbox,
  parseAppointment,
  parseMailbox,
  placementKey,
  type Receipt,
  type SaveItem,
  type SendMode,
} from '@appointed/core';
import { patiently } from './patiently.js';
import type { StoredItem, TransportHarness, TransportUnderTest } from './transport-harness.js';

const DEFAULT_PATIENCE_MS = 10_000;

/** What a test of the suite works with. */
export interface Bench {
  readonly under: TransportUnderTest;
  readonly transport: AppointmentTransport;
  /** The nth mailbox that works. */
  mailbox(n: number): Mailbox;
  /** Saves, and fails unless the outcome is `done`. */
  save(mailbox: Mailbox, item: SaveItem, sendMode?: SendMode): Promise<Receipt>;
  /** Finds, and fails unless the outcome is `done`. */
  find(mailbox: Mailbox, keys: readonly string[]): Promise<readonly Found[]>;
  stored(mailbox: Mailbox): Promise<readonly StoredItem[]>;
}

/** Declares one test of the suite. */
export type Test = (name: string, body: (bench: Bench) => Promise<void>) => void;

/** Runs one test, and fails it when it takes longer than the harness has patience. */
export async function bench(harness: TransportHarness, body: (bench: Bench) => Promise<void>): Promise<void> {
  const under = await harness.open();
  try {
    await patiently(body(benchOf(under)), harness.patienceMs ?? DEFAULT_PATIENCE_MS);
  } finally {
    await under.close();
  }
}

function benchOf(under: TransportUnderTest): Bench {
  const { transport } = under;
  return {
    under,
    transport,
    mailbox: (n) => parseMailbox(under.mailbox(n)),
    stored: (mailbox) => under.stored(mailbox),
    async save(mailbox, item, sendMode = 'none') {
      const [outcome] = await transport.save({ mailbox, sendMode, items: [item] }, call());
      if (outcome?.kind === 'done') return outcome.value;
      throw new assert.AssertionError({ message: `save was ${outcome?.kind}: ${outcome?.error.message}` });
    },
    async find(mailbox, keys) {
      const outcome = await transport.find(mailbox, keys, call());
      if (outcome.kind === 'done') return outcome.value;
      throw new assert.AssertionError({ message: `find was ${outcome.kind}: ${outcome.error.message}` });
    },
  };
}

/** The limits of a call, generous unless told otherwise. */
export function call(limits: Partial<Call> = {}): Call {
  return { signal: new AbortController().signal, sendBy: Date.now() + 60_000, timeoutMs: 60_000, ...limits };
}

/** An appointment to save, with the key of a placement in that slot. */
export function itemFor(mailbox: Mailbox, slot: string, fields: Partial<AppointmentInput> = {}): SaveItem {
  return { key: placementKey('transport-suite', slot, mailbox), content: appointment({ subject: slot, ...fields }) };
}

function appointment(fields: Partial<AppointmentInput> & { readonly subject: string }): SaveItem['content'] {
  return parseAppointment({
    start: { dateTime: '2027-03-15T09:00:00', timeZone: 'UTC' },
    end: { dateTime: '2027-03-15T10:00:00', timeZone: 'UTC' },
    ...fields,
  });
}
