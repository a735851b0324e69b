import { hash } from 'node:crypto';
import type { Mailbox } from '../mailbox/mailbox.js';
import { mailboxName } from '../mailbox/mailbox-name.js';

/**
 * The deterministic key of one placement: the first 32 hexadecimal digits of
 * SHA-256("appointed/1" NUL runId NUL slot NUL kind ":" id), where an SMTP address or principal name is lower-cased
 * and a SID upper-cased. It is computed again wherever it is needed: no ledger is asked for it.
 * @param generation how often this placement was taken back before; from 1 on it enters the hash, after another NUL.
 * Such a key names a row of the ledger and makes a new UID, since the calendars of attendees remember those that were
 * cancelled. Inside the saved item travels the key of generation 0: by that everything is found, also by somebody who
 * does not know how often it was placed
 */
export function placementKey(runId: string, slot: string, mailbox: Mailbox, generation = 0): string {
  const again = generation === 0 ? '' : `\0${generation}`;
  return hash('sha256', `appointed/1\0${runId}\0${slot}\0${mailboxName(mailbox)}${again}`, 'hex').slice(0, 32);
}

const UID = /^[0-9a-f]{32}@appointed$/i;

/** Is it a UID that {@link placementUid} makes? Servers and clients may change its case. */
export function isPlacementUid(uid: string): boolean {
  return UID.test(uid);
}

/** The iCalendar UID of a placement's item: its key `@appointed`. */
export function placementUid(key: string): string {
  return `${key}@appointed`;
}

/**
 * The named string property that carries the key inside a saved item. The same on every server and in every version,
 * since Exchange has a quota of property names.
 */
export const KEY_PROPERTY: { readonly propertySetId: string; readonly name: string } = Object.freeze({
  propertySetId: '5f9c1a52-8d4e-4f0b-9a3e-6c7d21b0e8f4',
  name: 'AppointedKey',
});
