import type { Outcome, Similar } from '@appointed/core';
import type { Conversation } from '../conversation.js';
import { pageIn } from '../decode/page.js';
import { findSimilar } from '../encode/find-similar.js';

/** Looks for an item with a subject and a start: operation FindItem. Of a series, only its first occurrence counts. */
export async function hasSimilar(conversation: Conversation, similar: Similar): Promise<Outcome<boolean>> {
  const outcome = await conversation.ask('FindItem', findSimilar(similar));
  if (outcome.kind !== 'done') return outcome;
  const page = pageIn(outcome.value, 'Items', 0);
  return page.kind === 'done' ? { kind: 'done', value: page.value.entries.length > 0 } : page;
}
