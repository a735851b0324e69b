import {
  type Appointment,
  attendeeCount,
  isNativeAppointment,
  type Outcome,
  type Receipt,
  type SaveRequest,
} from '@appointed/core';
import type { Event } from '@microsoft/microsoft-graph-types';
import type { Answer } from '../classify/classify.js';
import type { Conversation } from '../conversation.js';
import { receiptIn } from '../decode/receipt-in.js';
import { newEvent } from '../encode/new-event.js';
import { transactionId } from '../transaction-id.js';
import { attachMissing, takeBack } from './attach-missing.js';
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
    const outcome = await conversation.ask({ method: 'POST', path: '/events', body }, savedIn);
    outcomes.push(outcome.kind === 'done' ? await withFiles(conversation, outcome.value, content) : outcome);
  }
  return outcomes;
}

interface Saved {
  readonly receipt: Receipt;
  readonly hasFiles: boolean;
}

function savedIn(answer: Answer): Saved | undefined {
  const receipt = receiptIn(answer);
  return receipt && { receipt, hasFiles: (answer.json as Event).hasAttachments === true };
}

async function withFiles(
  conversation: Conversation,
  { receipt, hasFiles }: Saved,
  appointment: Appointment,
): Promise<Outcome<Receipt>> {
  const { attachments } = appointment;
  if (attachments === undefined || hasFiles) return { kind: 'done', value: receipt };
  const failure = await attachMissing(conversation, receipt.itemId, attachments);
  // A file changes the event, whose change key is another one then.
  const { changeKey: _, ...rest } = receipt;
  if (failure === undefined) return { kind: 'done', value: rest };
  // To take back what people were invited to would mail them once more.
  if (attendeeCount(appointment) > 0) return { kind: 'unknown', error: failure.error };
  return takeBack(conversation, receipt.itemId, failure);
}
