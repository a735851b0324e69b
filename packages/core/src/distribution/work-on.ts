import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { AppointedError } from '../error/appointed-error.js';
import { Exclusions } from '../guards/exclusions.js';
import type { HeldBack } from '../guards/invitation-guard.js';
import type { RunManifest } from '../ledger/run-manifest.js';
import { Dispatcher, type Supply } from '../pipeline/dispatcher.js';
import { listen } from '../pipeline/listen.js';
import type { OpenRun } from '../pipeline/open-run.js';
import { Run, type RunParts } from '../pipeline/run.js';
import type { WorkCall } from '../run/create-run-worker.js';
import type { Slot } from '../run/factory-options.js';
import { NOTHING_SPECIAL, type RunSettings } from '../run/run-settings.js';
import { unknownRun } from '../verbs/run-refusals.js';
import { OrderedVerb } from './ordered-verb.js';
import { RelayEmitter } from './relay-emitter.js';
import { PLACEMENTS_IN_ORDER } from './remote-dispatcher.js';
import type { WorkOrder } from './work-order.js';
import type { WorkReport } from './work-report.js';

/** Claims placements for an order, and has each mailbox its turn, as a run in one process does. */
export async function workOn(
  parts: RunParts,
  order: WorkOrder,
  slots: readonly Slot[],
  call: WorkCall,
): Promise<WorkReport> {
  const { onEvent = () => undefined, pause, signal } = call;
  const open = await openAgain(parts, order);
  const heldBack: HeldBack[] = [];
  const run = new Run(
    { ...parts, events: new RelayEmitter(parts.events, order.events, onEvent), distributor: undefined },
    settingsOf(order, slots, call),
    new OrderedVerb(order),
    open,
    (held) => heldBack.push(held),
  );
  const supply = new Share();
  const stopListening = listen(run, open);
  try {
    await new Dispatcher(run, supply).dispatch();
  } finally {
    stopListening();
    run.close();
  }
  const { stopped, tally } = run;
  const { duplicates, rejected } = tally.counts(0);
  const report = { taken: supply.begun, ended: tally.ended, rejected, duplicates, heldBack };
  // Who has told it to stop knows why.
  const isTold = pause?.aborted === true || signal?.aborted === true;
  return stopped === undefined || isTold ? report : { ...report, stopped };
}

/** As much as an order is for. */
class Share implements Supply {
  readonly hasEnded = true;
  /** What is held back is not this one's to release. */
  readonly isComplete = false;
  readonly limit = PLACEMENTS_IN_ORDER;
  /** How many were begun that nothing was sent for before. */
  begun = 0;

  taken(count: number): void {
    this.begun += count;
  }

  checkRoom(): void {
    // Nothing is enrolled here.
  }
}

/** The run as the ledger has it, if it is still as the order has it. Whoever gives orders holds it. */
async function openAgain({ ledger }: RunParts, { manifest, isContinued }: WorkOrder): Promise<OpenRun> {
  const { manifest: stored, isNew } = await ledger.open(manifest);
  if (isNew) {
    // Another ledger than the one that knows the run, or somebody has forgotten it.
    await ledger.forget(manifest.runId);
    throw unknownRun(manifest);
  }
  if (standing(stored) !== standing(manifest)) throw outdated(manifest);
  const owner = { id: randomUUID(), name: `pid ${process.pid} on ${hostname()}` };
  const hold = { lost: new AbortController().signal, release: () => Promise.resolve() };
  return { manifest: stored, isNew: !isContinued, owner, hold };
}

/** What an order is about. Somebody may have begun something else since it was given. */
function standing({ slots, state = 'placing' }: RunManifest): string {
  return JSON.stringify([state, slots.map(({ name, version }) => [name, version])]);
}

function outdated({ runId }: RunManifest): AppointedError {
  return new AppointedError('run_mismatch', `the run ${runId} stands otherwise than when the order was given`, {
    hint: 'Nothing is lost: whoever works on the run now gives orders of its own.',
  });
}

function settingsOf(
  { areInvitationsReleased, excluded, manifest, settings }: WorkOrder,
  slots: readonly Slot[],
  { pause = never(), signal = never() }: WorkCall,
): RunSettings {
  const { runId } = manifest;
  return {
    ...NOTHING_SPECIAL,
    ...settings,
    ...(areInvitationsReleased ? { maxInvitations: Infinity, maxOnlineMeetings: Infinity } : {}),
    runId,
    mailboxes: undefined,
    slots,
    exclusions: Exclusions.of(excluded),
    pause,
    signal,
    maxFailureRate: 1,
    notAfter: Number.POSITIVE_INFINITY,
    onPlacement: undefined,
  };
}

function never(): AbortSignal {
  return new AbortController().signal;
}
