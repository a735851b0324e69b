import type { Receipt } from '@appointed/core';
import type { Event } from '@microsoft/microsoft-graph-types';
import type { Answer } from '../classify/classify.js';

/** What the server said of an event that it stored. @returns undefined without an id: nobody knows whether it did */
export function receiptIn({ json, server: { requestId } }: Answer): Receipt | undefined {
  const { id, changeKey, iCalUId } = (json ?? {}) as Event;
  if (typeof id !== 'string' || id === '') return undefined;
  return {
    itemId: id,
    ...(changeKey ? { changeKey } : {}),
    ...(iCalUId ? { iCalUid: iCalUId } : {}),
    ...(requestId === undefined ? {} : { requestId }),
  };
}
