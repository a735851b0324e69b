import type { Outcome } from '@appointed/core';
import { codeOf } from '../classify/refusal.js';
import type { Conversation } from '../conversation.js';
import { userOption } from '../decode/user-options.js';
import { getUserOptions } from '../encode/get-user-options.js';

/** The zone that the owner has chosen: operation GetUserConfiguration. A mailbox that nobody has opened has none. */
export async function zone(conversation: Conversation): Promise<Outcome<string | undefined>> {
  const outcome = await conversation.ask('GetUserConfiguration', getUserOptions());
  if (outcome.kind === 'done') return { kind: 'done', value: userOption(outcome.value.element, 'timezone') };
  return codeOf(outcome) === 'ErrorItemNotFound' ? { kind: 'done', value: undefined } : outcome;
}
