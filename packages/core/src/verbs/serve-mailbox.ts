import { AppointedError } from '../error/appointed-error.js';
import type { Task } from '../ledger/placement-row.js';
import type { Claim } from '../ledger/run-ledger.js';
import type { Canary } from '../pipeline/canary.js';
import type { Run } from '../pipeline/run.js';
import { cutOff, holdBack, setBack, settle, skip } from '../pipeline/settle.js';
import type { Route } from '../transport/appointment-transport.js';
import type { Failure } from '../transport/outcome.js';
import { findRoute, type FoundRoute } from './find-route.js';
import { lookUp, mayHaveBeenSent } from './look-up.js';
import { MailboxZone } from './mailbox-zone.js';
import { placeAppointments } from './place-appointments.js';
import { removeAppointments } from './remove-appointments.js';
import { updateAppointments } from './update-appointments.js';

/** One mailbox's turn: what is wanted of each of its placements is done. */
export function serveMailbox(run: Run, claims: readonly Claim[]): Promise<void> {
  const [{ placement }] = claims as readonly [Claim];
  if (run.settings.exclusions.has(placement.mailbox)) return passOver(run, claims);
  const found = findRoute(run, placement.mailbox);
  return found instanceof Promise ? found.then((route) => serveBy(run, route, claims)) : serveBy(run, found, claims);
}

function serveBy(run: Run, route: FoundRoute, claims: readonly Claim[]): Promise<void> {
  if (route === undefined) return giveBack(run, claims);
  if (AppointedError.is(route)) return settleUnrouted(run, claims, route);
  const [{ placement }] = claims as readonly [Claim];
  const leaver = run.verb.leaver?.(placement.mailbox);
  const isPlain = leaver === undefined && run.canary === undefined && claims.every(isToPlace);
  return isPlain
    ? placeAppointments(run, route, claims, new MailboxZone(run, route))
    : serveTasks(run, route, claims, leaver);
}

function isToPlace({ placement }: Claim): boolean {
  return placement.task === 'place';
}

async function serveTasks(
  run: Run,
  route: Route,
  claims: readonly Claim[],
  leaver: 'keep' | 'remove' | undefined,
): Promise<void> {
  const { place, update, remove } = byTask(claims);
  const toRemove = leaver === 'remove' ? [...remove, ...place] : remove;
  if (toRemove.length > 0) await removeAppointments(run, route, toRemove);
  const zone = new MailboxZone(run, route);
  if (update.length > 0) await updateAppointments(run, route, update, zone);
  if (leaver === 'keep') await leaveAsIs(run, route, place);
  else if (leaver === undefined) {
    const due = run.canary === undefined ? place : await inTurn(run, run.canary, route, place);
    await placeAppointments(run, route, due, zone);
  }
}

/** What a canary keeps waiting is held back; what may have been sent is looked up all the same. */
async function inTurn(run: Run, canary: Canary, route: Route, claims: readonly Claim[]): Promise<readonly Claim[]> {
  const [first] = claims;
  if (first === undefined || canary.admits(first.placement.mailbox)) return claims;
  const doubtful = claims.filter(mayHaveBeenSent);
  const absent = await lookUp(run, route, doubtful);
  for (const claim of claims) if (absent.includes(claim) || !doubtful.includes(claim)) await holdBack(run, claim);
  return [];
}

/** Who is not in the list any more keeps what is there, and gets nothing more. */
async function leaveAsIs(run: Run, route: Route, claims: readonly Claim[]): Promise<void> {
  for (const claim of await lookUp(run, route, claims)) {
    const done = { standing: { state: 'removed' }, tried: false, value: 'removed' } as const;
    await settle(run, claim, done, (placement) => {
      run.parts.events.emit('placementRemoved', () => ({ ...placement, items: 0, copies: 0 }));
    });
  }
}

function byTask(claims: readonly Claim[]): Readonly<Record<Task, readonly Claim[]>> {
  const of = (task: Task): readonly Claim[] => claims.filter(({ placement }) => placement.task === task);
  return { place: of('place'), update: of('update'), remove: of('remove') };
}

async function passOver(run: Run, claims: readonly Claim[]): Promise<void> {
  for (const claim of claims) {
    const { before, placement } = claim;
    const { receipt, written } = placement;
    // It may be taken up when it is excluded no more.
    const state = before === 'claimed' ? 'unknown' : before === 'waiting' ? 'deferred' : before;
    const standing = { state, ...(receipt && { receipt }), ...(written && { written }) };
    await skip(run, claim, standing, excluded(claim));
  }
}

function excluded({ placement }: Claim): AppointedError {
  const { id } = placement.mailbox;
  return new AppointedError('excluded', `${id} stands in the list of those who are left alone`, { mailbox: id });
}

async function giveBack(run: Run, claims: readonly Claim[]): Promise<void> {
  for (const claim of claims) await cutOff(run, claim);
}

async function settleUnrouted(run: Run, claims: readonly Claim[], error: AppointedError): Promise<void> {
  for (const claim of claims) {
    const isUnknown = mayHaveBeenSent(claim);
    const failure: Failure = isUnknown ? { kind: 'unknown', error } : { kind: 'rejected', error, scope: 'mailbox' };
    await setBack(run, claim, { failure, tried: isUnknown });
  }
}
