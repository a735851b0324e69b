import type { AppointmentField, Mailbox, Outcome, Receipt, Update } from '@appointed/core';
import { codeOf } from '../classify/code-of.js';
import type { Conversation } from '../conversation.js';
import { receiptIn } from '../decode/receipt-in.js';
import { eventChanges } from '../encode/event-changes.js';
import { eventPath } from './event-path.js';
import { type Standing, standingOf } from './standing.js';
import { unsupported } from './unsupported.js';

/**
 * Files are changed by requests of their own, custom properties cannot be taken away, and an online meeting stays one: a
 * request would change some of it, or none.
 */
export const UNCHANGEABLE: readonly AppointmentField[] = ['attachments', 'onlineMeeting', 'customProperties'];

/** Properties of an event that only its owner sees: nobody is told when they change. */
const PRIVATE: ReadonlySet<string> = new Set(['categories', 'isReminderOn', 'reminderMinutesBeforeStart', 'showAs']);

const UNCHANGED: Readonly<Record<string, 'gone' | 'conflict'>> = {
  ErrorItemNotFound: 'gone',
  ErrorIrresolvableConflict: 'conflict',
  ErrorStaleObject: 'conflict',
};

type Updated = Outcome<Receipt | 'gone' | 'conflict'>;

/** Changes some fields of an event: PATCH /events/{id}, and GET before it, since Graph mails as it thinks right. */
export async function update(conversation: Conversation, mailbox: Mailbox, wanted: Update): Promise<Updated> {
  const { itemId, changeKey, set, clear, sendMode } = wanted;
  const field = UNCHANGEABLE.find((one) => one in set || clear.includes(one));
  if (field !== undefined) return unsupported(`graph cannot change ${field} of an event that is saved`, mailbox, field);
  const standing = await standingOf(conversation, itemId);
  if (standing.kind !== 'done') return withUnchanged(standing);
  if (changeKey !== undefined && standing.value.changeKey !== changeKey) return { kind: 'done', value: 'conflict' };
  const body = eventChanges(wanted, standing.value.invited);
  const names = Object.keys(body);
  if (names.length === 0) return { kind: 'done', value: { itemId, ...(changeKey === undefined ? {} : { changeKey }) } };
  const refusal = mailRefusal(sendMode, standing.value, names);
  if (refusal !== undefined) return unsupported(refusal, mailbox, 'sendMode');
  const sends = standing.value.isDraft && sendMode !== 'none' ? { isDraft: false } : {};
  const ifMatch = changeKey === undefined ? {} : { ifMatch: changeKey };
  const request = { method: 'PATCH', path: eventPath(itemId), body: { ...body, ...sends }, ...ifMatch } as const;
  const outcome = await conversation.ask(request, receiptIn);
  return outcome.kind === 'done' ? outcome : withUnchanged(outcome);
}

/** Who is mailed is not the caller's choice: what was not asked for is refused. */
function mailRefusal(
  sendMode: Update['sendMode'],
  { isSent, isDraft }: Standing,
  names: readonly string[],
): string | undefined {
  const tells = names.some((name) => !PRIVATE.has(name));
  const isMailed = (isSent && tells) || (!isDraft && names.includes('attendees'));
  if (!isMailed) return undefined;
  if (sendMode === 'none') return 'graph cannot change a meeting without telling its attendees';
  if (sendMode === 'changed' && names.some((name) => name !== 'attendees' && !PRIVATE.has(name))) {
    return 'graph cannot change a meeting and tell those alone who came or went';
  }
  return undefined;
}

function withUnchanged(failure: Exclude<Updated, { kind: 'done' }>): Updated {
  const value = failure.error.server?.httpStatus === 412 ? 'conflict' : UNCHANGED[codeOf(failure) ?? ''];
  return value === undefined ? failure : { kind: 'done', value };
}
