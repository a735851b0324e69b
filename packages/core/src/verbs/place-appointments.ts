import type { Appointment } from '../appointment/appointment.js';
import { isFloating } from '../appointment/in-mailbox-zone.js';
import { isNativeAppointment } from '../appointment/native-appointment.js';
import { isHarmless } from '../guards/invitation-guard.js';
import type { Placement } from '../events/lifecycle-events.js';
import type { Claim } from '../ledger/run-ledger.js';
import { request } from '../pipeline/request.js';
import type { Run } from '../pipeline/run.js';
import type { Standing } from '../pipeline/retry.js';
import { cutOff, placementOf, setBack, settle } from '../pipeline/settle.js';
import type { Receipt, Route } from '../transport/appointment-transport.js';
import type { Outcome } from '../transport/outcome.js';
import { admit } from './admit.js';
import { askFactory, type Content } from './ask-factory.js';
import { batches } from './batches.js';
import { lookUp, mayBeSaved } from './look-up.js';
import type { MailboxZone } from './mailbox-zone.js';
import { notSent } from './not-sent.js';
import { preparePlacement, type PreparedPlacement } from './prepare-placement.js';
import { withoutSimilar } from './similar.js';
import { writtenOf } from './written.js';

/**
 * Places the appointments of one mailbox. What may be saved already is looked up; for the rest each slot's appointment
 * is made, checked, grouped by send mode, saved and settled.
 */
export function placeAppointments(run: Run, route: Route, claims: readonly Claim[], zone: MailboxZone): Promise<void> {
  return claims.some((claim) => mayBeSaved(run, claim))
    ? lookUp(run, route, claims).then((missing) => placeMissing(run, route, missing, zone))
    : placeMissing(run, route, claims, zone);
}

function placeMissing(run: Run, route: Route, claims: readonly Claim[], zone: MailboxZone): Promise<void> {
  const prepared = prepareAll(run, route, claims, zone);
  return prepared instanceof Promise
    ? prepared.then((ready) => savePrepared(run, route, ready))
    : savePrepared(run, route, prepared);
}

function savePrepared(run: Run, route: Route, prepared: readonly PreparedPlacement[]): Promise<void> {
  const isPlain = !run.settings.unlessExists && prepared.every(({ consequences }) => isHarmless(consequences));
  return isPlain ? saveAll(run, route, prepared) : saveWanted(run, route, prepared);
}

/** Without those who have something similar, and those who have to wait. */
async function saveWanted(run: Run, route: Route, prepared: readonly PreparedPlacement[]): Promise<void> {
  const missing = run.settings.unlessExists ? await withoutSimilar(run, route, prepared) : prepared;
  await saveAll(run, route, await admitted(run, missing));
}

async function admitted(run: Run, prepared: readonly PreparedPlacement[]): Promise<readonly PreparedPlacement[]> {
  const wanted: PreparedPlacement[] = [];
  for (const ready of prepared) {
    const { claim, consequences } = ready;
    if (isHarmless(consequences) || (await admit(run, claim, consequences))) wanted.push(ready);
  }
  return wanted;
}

function prepareAll(
  run: Run,
  route: Route,
  claims: readonly Claim[],
  zone: MailboxZone,
): readonly PreparedPlacement[] | Promise<readonly PreparedPlacement[]> {
  const prepared = claims.map((claim) => prepare(run, route, claim, zone));
  return prepared.some((one) => one instanceof Promise)
    ? Promise.all(prepared).then(present)
    : present(prepared as readonly Prepared[]);
}

function present(prepared: readonly Prepared[]): readonly PreparedPlacement[] {
  return prepared.filter((one) => one !== undefined);
}

type Prepared = PreparedPlacement | undefined;

/** At once where the factory answers at once. @returns undefined when the claim is settled or set back already */
function prepare(run: Run, route: Route, claim: Claim, zone: MailboxZone): Prepared | Promise<Prepared> {
  const placement = placementOf(run, claim);
  run.parts.events.emit('placementStarted', () => placement);
  try {
    const made = askFactory(run, placement);
    return made instanceof Promise
      ? made.then(
          (content) => prepareMade(run, route, claim, placement, zone, content),
          (error: unknown) => notPrepared(run, claim, error),
        )
      : prepareMade(run, route, claim, placement, zone, made);
  } catch (error) {
    return notPrepared(run, claim, error);
  }
}

function prepareMade(
  run: Run,
  { capabilities }: Route,
  claim: Claim,
  placement: Placement,
  zone: MailboxZone,
  made: Content,
): Prepared | Promise<Prepared> {
  let prepared: PreparedPlacement;
  try {
    prepared = preparePlacement(run, claim, placement, made, capabilities);
  } catch (error) {
    return notPrepared(run, claim, error);
  }
  return isNativeAppointment(made) || !isFloating(made) ? prepared : prepareInZone(prepared, zone, made);
}

async function prepareInZone(prepared: PreparedPlacement, zone: MailboxZone, made: Appointment): Promise<Prepared> {
  const content = await zone.settle(prepared.claim, made);
  return content && { ...prepared, item: { ...prepared.item, content } };
}

async function notPrepared(run: Run, claim: Claim, error: unknown): Promise<undefined> {
  await notSent(run, claim, error);
}

function saveAll(run: Run, route: Route, prepared: readonly PreparedPlacement[]): Promise<void> {
  const all = batches(prepared, route.capabilities);
  return all.length === 1 ? saveBatch(run, route, prepared) : saveInTurn(run, route, all);
}

async function saveInTurn(run: Run, route: Route, all: readonly (readonly PreparedPlacement[])[]): Promise<void> {
  for (const batch of all) await saveBatch(run, route, batch);
}

async function saveBatch(run: Run, route: Route, batch: readonly PreparedPlacement[]): Promise<void> {
  const [first] = batch as readonly [PreparedPlacement];
  const claims = batch.map(({ claim }) => claim);
  const items = batch.map(({ item }) => item);
  const { sendMode } = first;
  const outcomes = await request(run, route, claims, (mailbox, call) =>
    run.parts.transport.save({ mailbox, sendMode, items }, call),
  );
  // Not returned: to adopt a promise takes longer than to await it.
  await (batch.length === 1 ? settleSaved(run, first, outcomes?.[0]) : settleBatch(run, batch, outcomes));
}

async function settleBatch(
  run: Run,
  batch: readonly PreparedPlacement[],
  outcomes: readonly Outcome<Receipt>[] | undefined,
): Promise<void> {
  await Promise.all(batch.map((prepared, index) => settleSaved(run, prepared, outcomes?.[index])));
}

function settleSaved(run: Run, prepared: PreparedPlacement, outcome: Outcome<Receipt> | undefined): Promise<void> {
  const { claim, placement, item, subject, sendMode } = prepared;
  if (outcome === undefined) return cutOff(run, claim);
  const written = run.parts.keepsRuns && outcome.kind !== 'rejected' ? writtenOf(claim, item.content) : undefined;
  if (outcome.kind !== 'done')
    return setBack(run, claim, { failure: outcome, tried: true, ...(written && { written }) });
  const { value: receipt } = outcome;
  const standing: Standing = written === undefined ? { state: 'done', receipt } : { state: 'done', receipt, written };
  const tell = (): void =>
    run.parts.events.emit('placementSaved', () => ({ ...placement, subject, sendMode, receipt }));
  return settle(run, claim, { standing, tried: true, value: receipt }, tell, placement);
}
