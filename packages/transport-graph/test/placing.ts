import {
  type AppointmentInput,
  type Call,
  type Mailbox,
  type Outcome,
  parseAppointment,
  parseMailbox,
  type Receipt,
  type SaveItem,
  type SendMode,
} from '@appointed/core';
import type { GraphTransport } from '@appointed/transport-graph';
import { address } from './contoso.js';

export const KEY = '0123456789abcdef0123456789abcdef';
export const MAILBOX: Mailbox = parseMailbox(address(0));

export const LESSON: AppointmentInput = {
  subject: 'Tennis lesson',
  start: new Date('2027-01-15T09:00:00Z'),
  end: new Date('2027-01-15T10:00:00Z'),
};

/** The limits of a call that has time. */
export function call(limits: Partial<Call> = {}): Call {
  return { signal: new AbortController().signal, sendBy: Date.now() + 10_000, timeoutMs: 10_000, ...limits };
}

/** What to save otherwise than a lesson for the first mailbox. */
interface Wish {
  readonly mailbox?: Mailbox;
  readonly sendMode?: SendMode;
  readonly item?: Partial<SaveItem>;
  readonly lesson?: Partial<AppointmentInput>;
  readonly call?: Partial<Call>;
}

/** Saves one lesson. */
export async function save(transport: GraphTransport, wish: Wish = {}): Promise<Outcome<Receipt>> {
  const { mailbox = MAILBOX, sendMode = 'none', item, lesson } = wish;
  const items = [{ key: KEY, content: parseAppointment({ ...LESSON, ...lesson }), ...item }];
  const [outcome] = await transport.save({ mailbox, sendMode, items }, call(wish.call));
  if (outcome === undefined) throw new Error('there is no outcome');
  return outcome;
}

/** Saves one lesson, and fails unless it is done. */
export async function saved(transport: GraphTransport, wish: Wish = {}): Promise<Receipt> {
  return done(await save(transport, wish));
}

export function done<T>(outcome: Outcome<T>): T {
  if (outcome.kind === 'done') return outcome.value;
  throw new Error(`${outcome.kind}: ${outcome.error.message}`);
}
