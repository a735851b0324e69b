import type { Mailbox, Outcome, Removal } from '@appointed/core';
import { codeOf } from '../classify/code-of.js';
import type { Conversation } from '../conversation.js';
import type { GraphRequest } from '../graph-request.js';
import { eventPath } from './event-path.js';
import { standingOf } from './standing.js';
import { unsupported } from './unsupported.js';

/**
 * Removes one event to Deleted Items: of a meeting that people were invited to POST /events/{id}/cancel, which tells them;
 * else DELETE /events/{id}.
 */
export async function remove(
  conversation: Conversation,
  mailbox: Mailbox,
  { itemId, sendMode }: Removal,
  comment: string | undefined,
): Promise<Outcome<'removed' | 'gone'>> {
  const standing = await standingOf(conversation, itemId);
  if (standing.kind !== 'done') return orGone(standing);
  const { isSent } = standing.value;
  if (isSent && sendMode === 'none') {
    return unsupported('graph cannot remove a meeting without telling its attendees', mailbox, 'sendMode');
  }
  const path = eventPath(itemId);
  const request: GraphRequest = isSent
    ? { method: 'POST', path: `${path}/cancel`, body: comment === undefined ? {} : { Comment: comment } }
    : { method: 'DELETE', path };
  return orGone(await conversation.ask(request, () => 'removed' as const));
}

function orGone(outcome: Outcome<'removed'> | Exclude<Outcome<never>, { kind: 'done' }>): Outcome<'removed' | 'gone'> {
  if (outcome.kind === 'done' || codeOf(outcome) !== 'ErrorItemNotFound') return outcome;
  return { kind: 'done', value: 'gone' };
}
