import { isRefusal } from '../classify/refusal.js';
import { earlierItems } from '../decode/earlier-items.js';
import { findEarlier } from '../encode/find-earlier.js';
import type { Conversation } from '../conversation.js';
import { failureFinding, type Questioned, said } from './failure-finding.js';
import type { Finding } from './finding.js';

/** What earlier runs have left in a calendar: items with a key, whichever it is. */
export async function examineEarlier(
  conversation: Conversation,
  { site, subject }: Questioned,
): Promise<readonly Finding[]> {
  const outcome = await conversation.ask('FindItem', findEarlier());
  if (outcome.kind !== 'done' && outcome.kind !== 'rejected' && !isRefusal(outcome))
    return [failureFinding(outcome, { site, subject })];
  if (outcome.kind !== 'done') {
    const message = `cannot be searched: ${said(outcome.error)}.`;
    const advice = 'What is in doubt after a lost answer is looked up by a search. Until it works, no run is safe.';
    return [{ code: 'search_refused', level: 'problem', subject, message, advice }];
  }
  const { count, lastDay } = earlierItems(outcome.value.element);
  if (count === 0) return [];
  const last = lastDay === undefined ? '' : `, the last on ${lastDay}`;
  const message = `has ${count} appointments of earlier runs in its calendar${last}.`;
  const advice = 'appointed runs lists those that this machine knows, appointed retract takes one back.';
  return [{ code: 'earlier_appointments', level: 'ok', subject, message, advice }];
}
