import { isSeries, occurrenceOn, overlaid } from '../calendar/series.js';
import { FoundNothing } from '../control/found-nothing.js';
import { readInstant } from '../control/item-edit.js';
import type { Machinery } from '../control/machinery.js';
import { snapshot } from '../control/sandbox-item.js';
import type { Mailbox } from '../directory/mailbox.js';
import { ItemError } from '../ews/fault.js';
import { parseAnyItemId } from '../ews/item-id.js';
import { type Reader, object, word } from '../json/fields.js';
import { entriesBetween, entryOf } from './entries.js';
import { findEntries } from './find-entries.js';
import type { Entries, ItemView, Mails, RequestView } from './page-state.js';
import { recurrenceWords } from './recurrence-words.js';

const MOST_MAILS = 500;

/** Answers one question of the page. @throws TypeError that names what is wrong with the question */
type Answer = (query: Readonly<Record<string, string>>, machinery: Machinery) => unknown;

function asked<T extends object>(read: Reader<T>, answer: (input: T, machinery: Machinery) => unknown): Answer {
  return (query, machinery) => answer(read(query, ''), machinery);
}

/** What the page asks for besides what it is told by events, by path. */
export const pageData: ReadonlyMap<string, Answer> = new Map([
  [
    '/page/calendar',
    asked(object<{ mailbox: string; from: string; to: string }>({ mailbox: word, from: word, to: word }), calendar),
  ],
  ['/page/item', asked(object<{ mailbox: string; id: string }>({ mailbox: word, id: word }), item)],
  ['/page/search', asked(object<{ text: string }>({ text: word }), search)],
  ['/page/request', asked(object<{ number: string }>({ number: word }), request)],
  ['/page/requests', asked(object<Record<never, never>>({}), (_, { log }) => log.list())],
  ['/page/mails', asked(object<Record<never, never>>({}), mails)],
]);

function calendar(input: { mailbox: string; from: string; to: string }, machinery: Machinery): Entries {
  const mailbox = mailboxOf(input.mailbox, machinery);
  const found = machinery.store.peek(mailbox);
  if (found === undefined) return { total: 0, entries: [] };
  return entriesBetween(mailbox, found, readInstant('from', input.from), readInstant('to', input.to));
}

function item(input: { mailbox: string; id: string }, machinery: Machinery): ItemView {
  const mailbox = mailboxOf(input.mailbox, machinery);
  const { number, day } = parsed(mailbox, input.id);
  const stored = machinery.store.peek(mailbox)?.item(number);
  const occurrence =
    stored === undefined || day === undefined || !isSeries(stored) ? undefined : occurrenceOn(stored, day);
  if (stored === undefined || (day !== undefined && occurrence === undefined)) {
    throw new FoundNothing(`id: ${mailbox.address} has no such item any more`);
  }
  const shown = occurrence === undefined || !isSeries(stored) ? stored : overlaid(stored, occurrence);
  return {
    entry: entryOf(shown, mailbox, occurrence),
    item: snapshot(shown, mailbox),
    recurrence: stored.recurrence === undefined ? '' : recurrenceWords(stored.recurrence),
    ...(stored.request === undefined ? {} : { request: stored.request }),
  };
}

function search({ text }: { text: string }, { directory, store }: Machinery): Entries {
  return findEntries(directory, store, text.trim());
}

function request({ number }: { number: string }, { log }: Machinery): RequestView {
  const found = log.find(Number(number));
  if (found === undefined) throw new FoundNothing(`number: request ${number} is not kept any more`);
  return { request: found.request, ...(found.received === undefined ? {} : { received: found.received }) };
}

function mails(_: object, { outbox }: Machinery): Mails {
  const all = outbox.list();
  return { total: all.length, mails: all.slice(-MOST_MAILS) };
}

function mailboxOf(address: string, { directory }: Machinery): Mailbox {
  const mailbox = directory.byAnyAddress(address);
  if (mailbox === undefined) throw new FoundNothing(`mailbox: ${address} is unknown`);
  return mailbox;
}

function parsed(mailbox: Mailbox, id: string): { number: number; day: number | undefined } {
  try {
    return parseAnyItemId(mailbox, id);
  } catch (cause) {
    if (!(cause instanceof ItemError)) throw cause;
    throw new FoundNothing(`id: not the EWS ItemId of an item of ${mailbox.address}`, { cause });
  }
}
