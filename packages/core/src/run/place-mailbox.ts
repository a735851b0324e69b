import { AppointedError } from '../error/appointed-error.js';
import type { Placement } from '../events/lifecycle-events.js';
import type { Mailbox } from '../mailbox/mailbox.js';
import type { Feedback, Permit } from '../pacer/pacer.js';
import { placementKey } from '../placement/placement-key.js';
import { SEND_MODES } from '../placement/send-mode.js';
import type { Receipt, Route } from '../transport/appointment-transport.js';
import type { Outcome } from '../transport/outcome.js';
import { abortable } from './abortable.js';
import { preparePlacement, type PreparedPlacement } from './prepare-placement.js';
import type { Run } from './run.js';
import type { Slot } from './run-settings.js';

/** One mailbox's turn: each slot's appointment is made, checked, grouped by send mode, saved and settled. */
export async function placeMailbox(run: Run, row: number, mailbox: Mailbox): Promise<void> {
  const route = await findRoute(run, row, mailbox);
  if (route === undefined) return;
  const prepared: PreparedPlacement[] = [];
  for (const slot of run.settings.slots) {
    const placement = placementOf(run, row, mailbox, slot);
    run.parts.events.emit('placementStarted', () => placement);
    try {
      prepared.push(await preparePlacement(run, slot, placement, route.capabilities));
    } catch (error) {
      await run.settle(placement, failedBeforeSending(run, error));
    }
  }
  for (const batch of batches(prepared, route.capabilities.maxItemsPerSave)) await saveBatch(run, route, batch);
}

async function findRoute(run: Run, row: number, mailbox: Mailbox): Promise<Route | undefined> {
  try {
    const route = run.parts.transport.route(mailbox);
    return 'then' in route ? await abortable(route, run.halted) : route;
  } catch (cause) {
    const outcome = withoutRoute(run, mailbox, cause);
    for (const slot of run.settings.slots) await run.settle(placementOf(run, row, mailbox, slot), outcome);
    return undefined;
  }
}

function withoutRoute(run: Run, mailbox: Mailbox, cause: unknown): Outcome<Receipt> {
  if (run.halted.aborted && cause === run.halted.reason) return stoppedBeforeSending(cause);
  const error = AppointedError.is(cause) ? cause : transportFailed(mailbox, 'route', cause);
  return { kind: 'rejected', error, scope: 'mailbox' };
}

function placementOf(run: Run, row: number, mailbox: Mailbox, slot: Slot): Placement {
  const { runId } = run.settings;
  // Listeners are given it before it is sent.
  return Object.freeze({ runId, row, mailbox, slot: slot.name, key: placementKey(runId, slot.name, mailbox) });
}

function failedBeforeSending(run: Run, error: unknown): Outcome<Receipt> {
  if (run.halted.aborted && error === run.halted.reason) return stoppedBeforeSending(run.halted.reason);
  if (!AppointedError.is(error)) throw error;
  return { kind: 'rejected', error, scope: 'placement' };
}

function stoppedBeforeSending(cause: unknown): Outcome<Receipt> {
  return { kind: 'deferred', error: new AppointedError('aborted', 'the run ended before this was sent', { cause }) };
}

function batches(prepared: readonly PreparedPlacement[], size: number): readonly (readonly PreparedPlacement[])[] {
  if (prepared.length <= 1) return prepared.length === 0 ? [] : [prepared];
  return SEND_MODES.flatMap((mode) => {
    const alike = prepared.filter(({ sendMode }) => sendMode === mode);
    return Array.from({ length: Math.ceil(alike.length / size) }, (_, n) => alike.slice(n * size, (n + 1) * size));
  });
}

async function saveBatch(run: Run, route: Route, batch: readonly PreparedPlacement[]): Promise<void> {
  const permit = await permitFor(run, route);
  const outcomes = permit === undefined ? undefined : await save(run, batch, permit);
  for (const [index, prepared] of batch.entries()) {
    const outcome = outcomes === undefined ? stoppedBeforeSending(run.halted.reason) : outcomes[index];
    await run.settle(prepared.placement, outcome ?? missing(prepared.placement.mailbox), prepared);
  }
}

async function permitFor(run: Run, { lanes }: Route): Promise<Permit | undefined> {
  try {
    const permit = await run.parts.pacer.acquire(lanes, run.halted);
    if (!run.halted.aborted) return permit;
    permit.release({ latencyMs: 0 });
    return undefined;
  } catch (error) {
    if (run.halted.aborted) return undefined;
    throw error;
  }
}

async function save(
  run: Run,
  batch: readonly PreparedPlacement[],
  permit: Permit,
): Promise<readonly Outcome<Receipt>[]> {
  const [{ placement, sendMode }] = batch as readonly [PreparedPlacement];
  const { requestTimeoutMs: timeoutMs } = run.settings;
  const began = performance.now();
  let outcomes: readonly Outcome<Receipt>[];
  try {
    const request = { mailbox: placement.mailbox, sendMode, items: batch.map(({ item }) => item) };
    const call = { signal: run.aborted, sendBy: Date.now() + timeoutMs, timeoutMs };
    outcomes = await run.answers.wait(run.parts.transport.save(request, call));
  } catch (cause) {
    // Whatever a transport throws is a defect of the transport; whether it had sent anything cannot be known here.
    const error = transportFailed(placement.mailbox, 'save', cause);
    outcomes = batch.map(() => ({ kind: 'unknown', error }));
  }
  permit.release({ latencyMs: performance.now() - began, ...pauseOf(outcomes) });
  return outcomes;
}

function pauseOf(outcomes: readonly Outcome<Receipt>[]): Pick<Feedback, 'pause'> {
  for (const outcome of outcomes) {
    if (outcome.kind === 'deferred' && outcome.pause !== undefined) return { pause: outcome.pause };
  }
  return {};
}

function missing(mailbox: Mailbox): Outcome<Receipt> {
  return { kind: 'unknown', error: transportFailed(mailbox, 'save', new Error('it returned too few outcomes')) };
}

function transportFailed({ id }: Mailbox, method: string, cause: unknown): AppointedError {
  const text = cause instanceof Error ? cause.message : String(cause);
  return new AppointedError('transport_failed', `the transport's ${method} failed for ${id}: ${text}`, {
    mailbox: id,
    hint: 'This is a defect of the transport, which must return an outcome.',
    cause,
  });
}
