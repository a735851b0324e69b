import { attendeeCount, isNativeAppointment, type Outcome, type Receipt, type SaveRequest } from '@appointed/core';
import type { Conversation } from '../conversation.js';
import { receiptIn } from '../decode/receipt-in.js';
import { newEvent } from '../encode/new-event.js';
import { transactionId } from '../transaction-id.js';
import { unsupported } from './unsupported.js';

/** Saves new items in one mailbox's calendar: POST /events, one after another. */
export async function save(
  conversation: Conversation,
  { mailbox, sendMode, items }: SaveRequest,
  savesDrafts: boolean,
): Promise<readonly Outcome<Receipt>[]> {
  const outcomes: Outcome<Receipt>[] = [];
  for (const item of items) {
    const { key, content } = item;
    if (isNativeAppointment(content)) {
      outcomes.push(unsupported(`graph cannot save a native appointment of ${content.transport}`, mailbox));
      continue;
    }
    const isDraft = sendMode === 'none' && attendeeCount(content) > 0;
    if (isDraft && !savesDrafts) {
      outcomes.push(unsupported('graph cannot save a meeting without inviting', mailbox, 'sendMode'));
      continue;
    }
    const body = newEvent({ key, transactionId: transactionId(item), isDraft }, content);
    outcomes.push(await conversation.ask({ method: 'POST', path: '/events', body }, receiptIn));
  }
  return outcomes;
}
