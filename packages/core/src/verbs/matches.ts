import type { PlacementRow } from '../ledger/placement-row.js';
import { placementUid } from '../placement/placement-key.js';
import type { Found, Receipt } from '../transport/appointment-transport.js';

/** What was found of one placement. */
export interface Matches {
  /** Ours, wherever in the mailbox they are; the one that the receipt names comes first. More than one: duplicates. */
  readonly live: readonly Found[];
  /** Ours, and deleted by somebody. */
  readonly deleted: readonly Found[];
  /** Made by people: a copy has the key of the original and a UID of its own. */
  readonly copies: readonly Found[];
}

/** Tells ours from copies, and what is there from what was deleted. */
export function matchesOf({ key, receipt }: Pick<PlacementRow, 'key' | 'receipt'>, found: readonly Found[]): Matches {
  const all = found.filter((item) => item.key === key);
  const ours = all.filter((item) => isOurs(item, receipt));
  return {
    live: ours.filter(({ place }) => place !== 'deleted').toSorted(receiptFirst(receipt)),
    deleted: ours.filter(({ place }) => place === 'deleted'),
    copies: all.filter((item) => !isOurs(item, receipt)),
  };
}

/** As the receipt of a found item. */
export function receiptOf({ itemId, changeKey, iCalUid }: Found): Receipt {
  return {
    itemId,
    ...(changeKey === undefined ? {} : { changeKey }),
    ...(iCalUid === undefined ? {} : { iCalUid }),
  };
}

function isOurs({ key, itemId, iCalUid }: Found, receipt: Receipt | undefined): boolean {
  // Not every server says the UID, and some give one of their own.
  return iCalUid === undefined || [placementUid(key), receipt?.iCalUid].includes(iCalUid) || itemId === receipt?.itemId;
}

function receiptFirst(receipt: Receipt | undefined): (one: Found, other: Found) => number {
  const rank = ({ itemId }: Found): number => (itemId === receipt?.itemId ? 0 : 1);
  return (one, other) => rank(one) - rank(other);
}
