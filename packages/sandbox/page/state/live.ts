import { type Signal, batch, signal } from '@preact/signals';
import type { FaultRule, RequestRecord } from '../../src/index.js';
import type { Changes, MailboxRow, Snapshot, Totals } from '../../src/page/page-state.js';
import { ask } from './ask.js';

/** A mailbox of the list; the count changes by itself, and nothing else has to be drawn anew for it. */
export type Mailbox = Omit<MailboxRow, 'items'> & { readonly items: Signal<number> };

/** What a person can scroll through. */
const MOST = 10_000;

export const isConnected: Signal<boolean | undefined> = signal(undefined);
export const randomSeed = signal(0);
export const mailboxes = signal<readonly Mailbox[]>([]);
export const faults = signal<readonly FaultRule[]>([]);
/** Newest first. */
export const requests = signal<readonly RequestRecord[]>([]);
/** Requests that came in faster than anybody reads, and are not among {@link requests}. */
export const leftOut = signal(0);
export const totals = signal<Totals>({
  requests: 0,
  inFlight: 0,
  mails: 0,
  lateStores: 0,
  struck: {},
  clockAheadMs: 0,
});
/** The mailboxes in which something has just changed. */
export const changed = signal<ReadonlySet<string>>(new Set());

const byAddress = new Map<string, Mailbox>();

let source: EventSource | undefined;

/**
 * Listens to the sandbox whenever the page can be seen. One that cannot must not hold a connection: a browser makes six
 * to one host, and the seventh page would get nothing at all.
 */
export function connect(): void {
  listen();
  document.addEventListener('visibilitychange', () => (document.hidden ? source?.close() : listen()));
}

function listen(): void {
  source?.close();
  source = new EventSource('/page/events');
  source.addEventListener('open', () => (isConnected.value = true));
  source.addEventListener('error', () => (isConnected.value = false));
  source.addEventListener('snapshot', ({ data }) => batch(() => begin(JSON.parse(data as string) as Snapshot)));
  source.addEventListener('changes', ({ data }) => batch(() => change(JSON.parse(data as string) as Changes)));
}

export function findMailbox(address: string): Mailbox | undefined {
  return byAddress.get(address);
}

/** Lists all requests that are kept, those too that came in too fast. */
export async function listAllRequests(): Promise<void> {
  const all = await ask<RequestRecord[]>('/page/requests');
  batch(() => {
    requests.value = all.toReversed();
    leftOut.value = 0;
  });
}

function begin(all: Snapshot): void {
  byAddress.clear();
  for (const row of all.mailboxes) byAddress.set(row.address, { ...row, items: signal(row.items) });
  mailboxes.value = [...byAddress.values()];
  randomSeed.value = all.randomSeed;
  faults.value = all.faults;
  requests.value = all.requests.toReversed();
  leftOut.value = Math.max(0, Math.min(MOST, all.totals.requests - all.totals.inFlight) - all.requests.length);
  totals.value = all.totals;
  changed.value = new Set(byAddress.keys());
}

function change(news: Changes): void {
  for (const [address, items] of news.mailboxes) {
    const mailbox = byAddress.get(address);
    if (mailbox !== undefined) mailbox.items.value = items;
  }
  if (news.mailboxes.length > 0) changed.value = new Set(news.mailboxes.map(([address]) => address));
  if (news.faults !== undefined) faults.value = news.faults;
  if (news.requests.length > 0) requests.value = [...news.requests.toReversed(), ...requests.value].slice(0, MOST);
  leftOut.value += news.leftOut;
  totals.value = news.totals;
}
