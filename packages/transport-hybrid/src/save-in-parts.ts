import type { AppointmentTransport, Call, Outcome, Receipt, SaveRequest } from '@appointed/core';
import { left } from './left.js';

/** Saves items through a transport that may take fewer at once than they are: as many of them as it takes, in turn. */
export async function saveInParts(
  transport: AppointmentTransport,
  request: SaveRequest,
  call: Call,
): Promise<readonly Outcome<Receipt>[]> {
  const { items, mailbox } = request;
  const { maxItemsPerSave } = (await transport.route(mailbox)).capabilities;
  const began = Date.now();
  const outcomes: Outcome<Receipt>[] = [];
  for (let first = 0; first < items.length; first += maxItemsPerSave) {
    const part = items.slice(first, first + maxItemsPerSave);
    outcomes.push(...(await transport.save({ ...request, items: part }, left(call, began))));
  }
  return outcomes;
}
