import type { Appointment } from '../appointment/appointment.js';
import { isFloating } from '../appointment/in-mailbox-zone.js';
import { isNativeAppointment } from '../appointment/native-appointment.js';
import { isHarmless } from '../guards/invitation-guard.js';
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
export async function placeAppointments(
  run: Run,
  route: Route,
  claims: readonly Claim[],
  zone: MailboxZone,
): Promise<void> {
  if (claims.length === 0) return;
  const missing = claims.some((claim) => mayBeSaved(run, claim)) ? await lookUp(run, route, claims) : claims;
  const made = prepareAll(run, route, missing, zone);
  const prepared = made instanceof Promise ? await made : made;
  const missingHere = run.settings.unlessExists ? await withoutSimilar(run, route, prepared) : prepared;
  const isHarmful = missingHere.some(({ consequences }) => !isHarmless(consequences));
  const wanted = isHarmful ? await admitted(run, missingHere) : missingHere;
  const all = batches(wanted, route.capabilities);
  await (all.length === 1 ? saveBatch(run, route, wanted) : saveAll(run, route, all));
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
          (content) => prepareMade(run, route, claim, zone, content),
          (error: unknown) => notPrepared(run, claim, error),
        )
      : prepareMade(run, route, claim, zone, made);
  } catch (error) {
    return notPrepared(run, claim, error);
  }
}

function prepareMade(
  run: Run,
  { capabilities }: Route,
  claim: Claim,
  zone: MailboxZone,
  made: Content,
): Prepared | Promise<Prepared> {
  let prepared: PreparedPlacement;
  try {
    prepared = preparePlacement(run, claim, made, capabilities);
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

async function saveAll(run: Run, route: Route, all: readonly (readonly PreparedPlacement[])[]): Promise<void> {
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
  if (batch.length === 1) return settleSaved(run, first, outcomes?.[0]);
  await Promise.all(batch.map((prepared, index) => settleSaved(run, prepared, outcomes?.[index])));
}

function settleSaved(run: Run, prepared: PreparedPlacement, outcome: Outcome<Receipt> | undefined): Promise<void> {
  const { claim, item, subject, sendMode } = prepared;
  if (outcome === undefined) return cutOff(run, claim);
  const written = run.parts.keepsRuns && outcome.kind !== 'rejected' ? writtenOf(claim, item.content) : undefined;
  if (outcome.kind !== 'done')
    return setBack(run, claim, { failure: outcome, tried: true, ...(written && { written }) });
  const { value: receipt } = outcome;
  const standing: Standing = written === undefined ? { state: 'done', receipt } : { state: 'done', receipt, written };
  return settle(run, claim, { standing, tried: true, value: receipt }, (placement) => {
    run.parts.events.emit('placementSaved', () => ({ ...placement, subject, sendMode, receipt }));
  });
}
