import { hash } from 'node:crypto';
import { placementUid, type SaveItem } from '@appointed/core';

const OURS = /^([0-9a-f]{32})@appointed$/;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * By what Graph knows a request that comes again, and saves nothing then: the key in the UID that the item was to have,
 * as a UUID. Another one each time that something is placed again.
 */
export function transactionId({ key, uid = placementUid(key) }: SaveItem): string {
  const [, ours] = OURS.exec(uid) ?? [];
  const digits = ours ?? hash('sha256', uid, 'hex').slice(0, 32);
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** The UID that an item was to have, of its transaction. @returns undefined for a transaction that is not ours */
export function uidOfTransaction(id: string): string | undefined {
  const lower = id.toLowerCase();
  return UUID.test(lower) ? placementUid(lower.replaceAll('-', '')) : undefined;
}
