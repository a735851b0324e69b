import type { Attachment, Failure } from '@appointed/core';
import type { Conversation } from '../conversation.js';
import { fileAttachment } from '../encode/file-attachment.js';
import { pathWith } from '../graph-request.js';
import { eventPath } from './event-path.js';

/**
 * Attaches files to a new event that lacks them: GET /events/{id}/attachments, and POST of each. Graph may leave them out
 * of the request that saves an event, and say nothing of it.
 * @returns why they are not all there
 */
export async function attachMissing(
  conversation: Conversation,
  itemId: string,
  attachments: readonly Attachment[],
): Promise<Failure | undefined> {
  const path = `${eventPath(itemId)}/attachments`;
  const listed = await conversation.ask({ method: 'GET', path: pathWith(path, { $select: 'name' }) }, ({ json }) => {
    const { value } = json as { readonly value: readonly unknown[] };
    return value.length;
  });
  if (listed.kind !== 'done') return listed;
  if (listed.value > 0) return undefined;
  for (const attachment of attachments) {
    const request = { method: 'POST', path, body: fileAttachment(attachment) } as const;
    const outcome = await conversation.ask(request, () => true);
    if (outcome.kind !== 'done') return outcome;
  }
  return undefined;
}

/**
 * Takes back an event that is not as it was to be: DELETE /events/{id}.
 * @returns what it comes to: nothing is there, unless that cannot be told
 */
export async function takeBack(conversation: Conversation, itemId: string, failure: Failure): Promise<Failure> {
  const { kind } = await conversation.send({ method: 'DELETE', path: eventPath(itemId) });
  const { error } = failure;
  if (kind !== 'done') return { kind: 'unknown', error };
  return failure.kind === 'rejected' ? failure : { kind: 'deferred', error };
}
