import type { PlacementRow } from '../ledger/placement-row.js';
import { isPlacementUid, placementUid } from '../placement/placement-key.js';
import type { Found, Receipt } from '../transport/appointment-transport.js';

/** What was found of one placement. */
export interface Matches {
  /** Ours, wherever in the mailbox they are; the one that the receipt names comes first. More than one: duplicates. */
  readonly live: readonly Found[];
  /** Ours, of this generation, and deleted by somebody. */
  readonly deleted: readonly Found[];
  /** Made by people: a copy has the key of the original and a UID of its own. */
  readonly copies: readonly Found[];
}

/**
 * Tells ours from copies, and what is there from what was deleted.
 * @param found all that has the placement's search key
 */
export function matchesOf(placement: Pick<PlacementRow, 'key' | 'receipt'>, found: readonly Found[]): Matches {
  const { receipt } = placement;
  const ours = found.filter((item) => isOurs(item, receipt));
  return {
    live: ours.filter(({ place }) => place !== 'deleted').toSorted(receiptFirst(receipt)),
    deleted: ours.filter((item) => item.place === 'deleted' && isOfGeneration(placement, item)),
    copies: found.filter((item) => !ours.includes(item)),
  };
}

/** Was it saved when the placement was placed this time? Not every server says the UID. */
export function isOfGeneration({ key, receipt }: Pick<PlacementRow, 'key' | 'receipt'>, item: Found): boolean {
  const { itemId, iCalUid, savedUid } = item;
  if (savedUid === placementUid(key)) return true;
  return iCalUid === undefined || [placementUid(key), receipt?.iCalUid].includes(iCalUid) || itemId === receipt?.itemId;
}

/** As the receipt of a found item. */
export function receiptOf({ itemId, changeKey, iCalUid }: Found): Receipt {
  return {
    itemId,
    ...(changeKey === undefined ? {} : { changeKey }),
    ...(iCalUid === undefined ? {} : { iCalUid }),
  };
}

function isOurs({ itemId, iCalUid, savedUid }: Found, receipt: Receipt | undefined): boolean {
  // Where a receipt knows the UID that the server gave it, nothing else is needed.
  if (savedUid !== undefined && receipt?.iCalUid === undefined) return true;
  // Some servers give a UID of their own.
  return iCalUid === undefined || isPlacementUid(iCalUid) || iCalUid === receipt?.iCalUid || itemId === receipt?.itemId;
}

function receiptFirst(receipt: Receipt | undefined): (one: Found, other: Found) => number {
  const rank = ({ itemId }: Found): number => (itemId === receipt?.itemId ? 0 : 1);
  return (one, other) => rank(one) - rank(other);
}
