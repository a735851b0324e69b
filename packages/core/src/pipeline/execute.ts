import { AppointedError } from '../error/appointed-error.js';
import type { PlacementRow } from '../ledger/placement-row.js';
import { PlanCheck } from '../preflight/plan-check.js';
import type { RunReport } from '../run/run-report.js';
import type { RunSettings } from '../run/run-settings.js';
import type { Failure } from '../transport/outcome.js';
import type { Verb } from '../verbs/verb.js';
import { at } from './at.js';
import { Dispatcher } from './dispatcher.js';
import { MailboxFeeder } from './mailbox-feeder.js';
import { type OpenRun, openRun } from './open-run.js';
import { reportOf } from './report-of.js';
import { Run, type RunParts } from './run.js';

/** Does what a verb wants with a run, and sees it to its end. */
export function execute(parts: RunParts, settings: RunSettings, verb: Verb): Promise<RunReport> {
  return withRun(parts, settings, verb, work);
}

/** Holds a run as long as somebody works on it. */
export async function withRun<T>(
  parts: RunParts,
  settings: RunSettings,
  verb: Verb,
  work: (run: Run) => Promise<T>,
): Promise<T> {
  const open = await openRun(parts, settings, verb);
  const run = new Run(parts, settings, verb, open);
  try {
    const stopListening = listen(run, open);
    try {
      return await work(run);
    } finally {
      stopListening();
      run.close();
    }
  } finally {
    await letGo(run, open);
  }
}

/** A hold that cannot be given back ends with its process; the report is worth more. */
async function letGo({ parts, runId, isDiscarded }: Run, { hold }: OpenRun): Promise<void> {
  const { ledger, keepsRuns } = parts;
  const release = hold.release();
  // In one go, so that nobody continues a run whose settled placements such a ledger does not know any more.
  const forget = keepsRuns ? undefined : ledger.forget(runId);
  await Promise.allSettled([release, forget]);
  // Who has taken it up meanwhile keeps it.
  if (isDiscarded) await ledger.forget(runId).catch(() => undefined);
}

/** Stops the run for what comes from outside. @returns what ends that */
function listen(run: Run, { hold }: OpenRun): () => void {
  const { signal, pause, notAfter } = run.settings;
  const onLost = (): void => run.stop(lost(hold.lost.reason));
  const onAbort = (): void => run.abort(signal.reason);
  const onPause = (): void => run.stop(paused(pause.reason));
  hear(hold.lost, onLost);
  hear(signal, onAbort);
  hear(pause, onPause);
  const stopClock = at(notAfter, () => run.stop(timeIsUp(notAfter)));
  return () => {
    hold.lost.removeEventListener('abort', onLost);
    signal.removeEventListener('abort', onAbort);
    pause.removeEventListener('abort', onPause);
    stopClock();
  };
}

function hear(signal: AbortSignal, listener: () => void): void {
  if (signal.aborted) listener();
  else signal.addEventListener('abort', listener, { once: true });
}

async function work(run: Run): Promise<RunReport> {
  const { parts, runId, settings, verb } = run;
  await verb.begin(run);
  parts.events.emit('runStarted', () => ({
    runId,
    verb: verb.name,
    startedAt: new Date(run.manifest.startedAt),
    slots: verb.slots(run.manifest),
    isContinued: run.isContinued,
    isDryRun: parts.isDry,
  }));
  const feeder = feederOf(run);
  const dispatcher = new Dispatcher(run, feeder);
  if (feeder !== undefined && settings.listFirst) await readList(run, feeder);
  await Promise.all([dispatcher.dispatch(), feeder?.feed(() => dispatcher.wake())]);
  await endResting(run);
  if (run.stopped === undefined) await verb.end?.(run);
  const report = reportOf(run, feeder?.rows ?? 0);
  parts.events.emit('runEnded', () => report);
  return report;
}

/**
 * Whom a plan was approved for is known once its list was read: no other list is taken then, unless a canary needs its
 * beginning.
 */
function feederOf(run: Run): MailboxFeeder | undefined {
  const { mailboxes, plan, canary } = run.settings;
  if (mailboxes === undefined) return undefined;
  if (plan === undefined) return new MailboxFeeder(run, mailboxes);
  const isKnown = run.manifest.audienceComplete && canary === undefined;
  return isKnown ? undefined : new MailboxFeeder(run, mailboxes, new PlanCheck(run, plan));
}

async function readList(run: Run, feeder: MailboxFeeder): Promise<void> {
  await feeder.readFirst();
  if (run.stopped === undefined) await run.verb.listed?.(run, feeder);
}

/** A run that was stopped leaves placements that would have been tried or looked up again, or were held back. */
async function endResting(run: Run): Promise<void> {
  if (!run.halted.aborted && run.held === 0) return;
  try {
    for await (const row of run.parts.ledger.rows(run.runId, { states: ['waiting', 'deferred', 'unknown'] })) {
      if (isResting(run, row)) await endOne(run, row, failureOf(run, row));
    }
  } catch (error) {
    // The report can only be incomplete.
    run.fail(error);
  }
}

async function endOne(run: Run, placement: PlacementRow, failure: Failure): Promise<void> {
  const { runId, parts } = run;
  const { row, mailbox, slot, key, state } = placement;
  const { error } = failure;
  // Of the others it was told why they rest.
  if (state === 'waiting') parts.events.emit('placementDeferred', () => ({ runId, row, mailbox, slot, key, error }));
  await run.end(placement, failure);
}

function isResting({ verb }: Run, { state, task, dueAt }: PlacementRow): boolean {
  const isOpen = dueAt !== undefined;
  return state === 'waiting' ? !isOpen && task === verb.task : isOpen;
}

function failureOf({ stopped: cause }: Run, { state, error, mailbox }: PlacementRow): Failure {
  const { code = 'aborted', message = `[aborted] ${mailbox.id}: the run ended before its turn came` } = error ?? {};
  return {
    kind: state === 'unknown' ? 'unknown' : 'deferred',
    error: new AppointedError(code, message.slice(code.length + 3), {
      mailbox: mailbox.id,
      cause,
      ...(error?.serverCode === undefined ? {} : { server: { code: error.serverCode } }),
    }),
  };
}

function paused(cause: unknown): AppointedError {
  const hint = 'Continue it when it is to go on.';
  return new AppointedError('paused', 'the run was paused', { field: 'pause', hint, cause });
}

function timeIsUp(notAfter: number): AppointedError {
  const hint = 'Continue the run when its time has come again.';
  return new AppointedError('time_is_up', `it is past ${new Date(notAfter).toISOString()}`, {
    field: 'notAfter',
    hint,
  });
}

function lost(cause: unknown): AppointedError {
  return AppointedError.is(cause)
    ? cause
    : new AppointedError('claim_lost', 'somebody else works on the run', { cause });
}
