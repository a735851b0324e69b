import type { Claim } from '../ledger/run-ledger.js';
import { request } from '../pipeline/request.js';
import type { Run } from '../pipeline/run.js';
import { cutOff, placementOf, setBack, settle } from '../pipeline/settle.js';
import type { Receipt, Route } from '../transport/appointment-transport.js';
import type { Outcome } from '../transport/outcome.js';
import { admit } from './admit.js';
import { batches } from './batches.js';
import { lookUp } from './look-up.js';
import type { MailboxZone } from './mailbox-zone.js';
import { notSent } from './not-sent.js';
import { preparePlacement, type PreparedPlacement } from './prepare-placement.js';
import { withoutSimilar } from './similar.js';
import { writtenOf } from './written.js';

/**
 * Places the appointments of one mailbox. What may be saved already is looked up; for the rest each slot's appointment
 * is made, checked, grouped by send mode, saved and settled.
 */
export async function placeAppointments(
  run: Run,
  route: Route,
  claims: readonly Claim[],
  zone: MailboxZone,
): Promise<void> {
  if (claims.length === 0) return;
  const missing = await lookUp(run, route, claims);
  const prepared: PreparedPlacement[] = [];
  for (const claim of missing) {
    const ready = await prepare(run, route, claim, zone);
    if (ready !== undefined) prepared.push(ready);
  }
  const wanted: PreparedPlacement[] = [];
  for (const ready of await withoutSimilar(run, route, prepared)) {
    if (await admit(run, ready.claim, ready.consequences)) wanted.push(ready);
  }
  for (const batch of batches(wanted, route.capabilities)) await saveBatch(run, route, batch);
}

async function prepare(
  run: Run,
  { capabilities }: Route,
  claim: Claim,
  zone: MailboxZone,
): Promise<PreparedPlacement | undefined> {
  const placement = placementOf(run, claim);
  run.parts.events.emit('placementStarted', () => placement);
  let prepared: PreparedPlacement;
  try {
    prepared = await preparePlacement(run, claim, placement, capabilities);
  } catch (error) {
    await notSent(run, claim, error);
    return undefined;
  }
  const content = await zone.settle(claim, prepared.item.content);
  return content && { ...prepared, item: { ...prepared.item, content } };
}

async function saveBatch(run: Run, route: Route, batch: readonly PreparedPlacement[]): Promise<void> {
  const claims = batch.map(({ claim }) => claim);
  const items = batch.map(({ item }) => item);
  const [{ sendMode }] = batch as readonly [PreparedPlacement];
  const outcomes = await request(run, route, claims, (mailbox, call) =>
    run.parts.transport.save({ mailbox, sendMode, items }, call),
  );
  await Promise.all(batch.map((prepared, index) => settleSaved(run, prepared, outcomes?.[index])));
}

function settleSaved(run: Run, prepared: PreparedPlacement, outcome: Outcome<Receipt> | undefined): Promise<void> {
  const { claim, item, subject, sendMode } = prepared;
  if (outcome === undefined) return cutOff(run, claim);
  const written = run.parts.keepsRuns && outcome.kind !== 'rejected' ? writtenOf(claim, item.content) : undefined;
  if (outcome.kind !== 'done')
    return setBack(run, claim, { failure: outcome, tried: true, ...(written && { written }) });
  const { value: receipt } = outcome;
  const standing = { state: 'done', receipt, ...(written && { written }) } as const;
  return settle(run, claim, { standing, tried: true, value: receipt }, (placement) => {
    run.parts.events.emit('placementSaved', () => ({ ...placement, subject, sendMode, receipt }));
  });
}
