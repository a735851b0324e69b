import { AppointedError } from '../error/appointed-error.js';
import type { PlacementRow } from '../ledger/placement-row.js';
import { PlanCheck } from '../preflight/plan-check.js';
import type { RunReport } from '../run/run-report.js';
import type { RunSettings } from '../run/run-settings.js';
import type { Failure } from '../transport/outcome.js';
import type { Verb } from '../verbs/verb.js';
import { checkDistributable } from '../distribution/check-distributable.js';
import { RemoteDispatcher } from '../distribution/remote-dispatcher.js';
import { Dispatcher } from './dispatcher.js';
import { errorOf } from './error-of.js';
import { listen } from './listen.js';
import { MailboxFeeder } from './mailbox-feeder.js';
import { type OpenRun, openRun } from './open-run.js';
import { reportOf } from './report-of.js';
import { Run, type RunParts } from './run.js';

/** Does what a verb wants with a run, and sees it to its end. */
export async function execute(parts: RunParts, settings: RunSettings, verb: Verb): Promise<RunReport> {
  if (parts.distributor !== undefined) checkDistributable(settings);
  return await withRun(parts, settings, verb, work);
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
  const { distributor } = parts;
  const dispatcher =
    distributor === undefined ? new Dispatcher(run, feeder) : new RemoteDispatcher(run, feeder, distributor);
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

function failureOf({ stopped: cause }: Run, row: PlacementRow): Failure {
  const message = `${row.mailbox.id}: the run ended before its turn came`;
  return {
    kind: row.state === 'unknown' ? 'unknown' : 'deferred',
    error: errorOf(row, cause) ?? new AppointedError('aborted', message, { mailbox: row.mailbox.id, cause }),
  };
}
