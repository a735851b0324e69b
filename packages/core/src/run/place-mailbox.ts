import { AppointedError } from '../error/appointed-error.js';
import type { Claim } from '../ledger/run-ledger.js';
import { SEND_MODES } from '../placement/send-mode.js';
import type { Route } from '../transport/appointment-transport.js';
import { abortable } from './abortable.js';
import { lookUp, mayHaveBeenSent } from './look-up.js';
import { preparePlacement, type PreparedPlacement } from './prepare-placement.js';
import { request, transportFailed } from './request.js';
import type { Run } from './run.js';
import { cutOff, placementOf, settle } from './settle.js';

/**
 * One mailbox's turn. What may be saved already is looked up; for the rest each slot's appointment is made, checked,
 * grouped by send mode, saved and settled.
 */
export async function placeMailbox(run: Run, claims: readonly Claim[]): Promise<void> {
  const route = await findRoute(run, claims);
  if (route === undefined) return;
  const missing = await lookUp(run, route, claims);
  const prepared: PreparedPlacement[] = [];
  for (const claim of missing) {
    try {
      prepared.push(await prepare(run, route, claim));
    } catch (error) {
      await settleUnsent(run, claim, error);
    }
  }
  for (const batch of batches(prepared, route.capabilities.maxItemsPerSave)) await saveBatch(run, route, batch);
}

async function findRoute(run: Run, claims: readonly Claim[]): Promise<Route | undefined> {
  const [{ placement }] = claims as readonly [Claim];
  try {
    const route = run.parts.transport.route(placement.mailbox);
    return 'then' in route ? await abortable(route, run.halted) : route;
  } catch (cause) {
    const isStop = run.halted.aborted && cause === run.halted.reason;
    const error = isStop || AppointedError.is(cause) ? cause : transportFailed(placement.mailbox, 'route', cause);
    for (const claim of claims) await settleUnsent(run, claim, error, 'mailbox');
    return undefined;
  }
}

function prepare(run: Run, { capabilities }: Route, claim: Claim): Promise<PreparedPlacement> {
  const placement = placementOf(run, claim);
  run.parts.events.emit('placementStarted', () => placement);
  return preparePlacement(run, claim, placement, capabilities);
}

async function settleUnsent(
  run: Run,
  claim: Claim,
  error: unknown,
  scope: 'placement' | 'mailbox' = 'placement',
): Promise<void> {
  if (run.halted.aborted && error === run.halted.reason) return cutOff(run, claim);
  if (!AppointedError.is(error)) throw error;
  if (scope === 'mailbox' && mayHaveBeenSent(claim)) {
    return settle(run, claim, { outcome: { kind: 'unknown', error }, tried: true });
  }
  await settle(run, claim, { outcome: { kind: 'rejected', error, scope }, tried: false });
}

function batches(prepared: readonly PreparedPlacement[], size: number): readonly (readonly PreparedPlacement[])[] {
  if (prepared.length <= 1) return prepared.length === 0 ? [] : [prepared];
  return SEND_MODES.flatMap((mode) => {
    const alike = prepared.filter(({ sendMode }) => sendMode === mode);
    return Array.from({ length: Math.ceil(alike.length / size) }, (_, n) => alike.slice(n * size, (n + 1) * size));
  });
}

async function saveBatch(run: Run, route: Route, batch: readonly PreparedPlacement[]): Promise<void> {
  const claims = batch.map(({ claim }) => claim);
  const items = batch.map(({ item }) => item);
  const [{ sendMode }] = batch as readonly [PreparedPlacement];
  const outcomes = await request(run, route, claims, (mailbox, call) =>
    run.parts.transport.save({ mailbox, sendMode, items }, call),
  );
  await Promise.all(
    batch.map((prepared, index) => {
      const outcome = outcomes?.[index];
      if (outcome === undefined) return cutOff(run, prepared.claim);
      return settle(run, prepared.claim, { outcome, tried: true }, prepared);
    }),
  );
}
