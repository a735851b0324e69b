import type { Found } from '@appointed/core';
import { uidOfTransaction } from '../transaction-id.js';
import type { KeyedEvent } from '../verbs/find.js';

/**
 * Events of one key as found items. The server makes the UIDs of events, so that they do not tell an original from copies
 * that its owner made. What does: a transaction makes one event, so that of those with the same transaction all but the
 * eldest are copies; and so is what has lost it.
 */
export function foundEvents(key: string, events: readonly KeyedEvent[]): readonly Found[] {
  const eldestFirst = events.toSorted((one, other) => compare(created(one), created(other)));
  const transactions = new Set<string>();
  return eldestFirst.map(({ event: { id, changeKey, iCalUId, transactionId }, place }) => {
    const isOriginal = !!transactionId && !transactions.has(transactionId);
    if (isOriginal) transactions.add(transactionId);
    const savedUid = isOriginal ? uidOfTransaction(transactionId) : undefined;
    return {
      key,
      itemId: idOf(id),
      place,
      ...(changeKey ? { changeKey } : {}),
      ...(iCalUId ? { iCalUid: iCalUId } : {}),
      ...(savedUid === undefined ? {} : { savedUid }),
    };
  });
}

function idOf(id: string | undefined): string {
  if (id === undefined) throw new TypeError('an event has no id');
  return id;
}

function created({ event: { createdDateTime } }: KeyedEvent): string {
  return createdDateTime ?? '';
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
