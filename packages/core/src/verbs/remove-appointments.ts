import type { Claim } from '../ledger/run-ledger.js';
import { request } from '../pipeline/request.js';
import type { Run } from '../pipeline/run.js';
import { cutOff, setBack, settle } from '../pipeline/settle.js';
import type { SendMode } from '../placement/send-mode.js';
import type { Found, Route } from '../transport/appointment-transport.js';
import type { Outcome } from '../transport/outcome.js';
import { findPlacements, type Located } from './find-placements.js';

/**
 * Removes the placed appointments of one mailbox, wherever their owner has moved them. What is gone already is done;
 * copies that people made are theirs.
 */
export async function removeAppointments(run: Run, route: Route, claims: readonly Claim[]): Promise<void> {
  for (const located of await findPlacements(run, route, claims)) await removeFound(run, route, located);
}

async function removeFound(run: Run, route: Route, { claim, matches }: Located): Promise<void> {
  const sendMode = run.settings.removalSendMode ?? run.manifest.sendMode ?? 'allAndSaveCopy';
  for (const [index, item] of matches.live.entries()) {
    // A second one has the UID of the first: to cancel it, too, would only confuse the attendees.
    const outcome = await removeItem(run, route, claim, item, index === 0 ? sendMode : 'none');
    if (outcome === undefined) return cutOff(run, claim);
    if (outcome.kind !== 'done') return setBack(run, claim, { failure: outcome, tried: true });
  }
  const items = matches.live.length;
  const copies = matches.copies.length;
  const done = { standing: { state: 'removed' }, tried: items > 0, value: 'removed' } as const;
  await settle(run, claim, done, (placement) => {
    run.parts.events.emit('placementRemoved', () => ({ ...placement, items, copies }));
  });
}

/** @returns undefined when it was not sent */
async function removeItem(
  run: Run,
  route: Route,
  claim: Claim,
  { itemId }: Found,
  sendMode: SendMode,
): Promise<Outcome<'removed' | 'gone'> | undefined> {
  const outcomes = await request(run, route, [claim], async (mailbox, call) => [
    await run.parts.transport.remove(mailbox, { itemId, sendMode }, call),
  ]);
  return outcomes?.[0];
}
