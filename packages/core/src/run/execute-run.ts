import { AppointedError } from '../error/appointed-error.js';
import type { PlacementRow, PlacementState } from '../ledger/placement-row.js';
import { Dispatcher } from './dispatcher.js';
import { MailboxFeeder } from './mailbox-feeder.js';
import { type OpenRun, openRun } from './open-run.js';
import type { RunReport } from './run-report.js';
import type { RunSettings } from './run-settings.js';
import { Run, type RunParts } from './run.js';
import { end } from './settle.js';

/** Begins or continues a run, and sees it to its end. */
export async function executeRun(parts: RunParts, settings: RunSettings): Promise<RunReport> {
  const open = await openRun(parts.ledger, settings, parts.transport.name, parts.clock());
  try {
    const run = new Run(parts, settings, open);
    const onLost = (): void => run.stop(lost(open.hold.lost.reason));
    const onAbort = (): void => run.abort(settings.signal.reason);
    listen(open.hold.lost, onLost);
    listen(settings.signal, onAbort);
    try {
      return await placeAll(run);
    } finally {
      open.hold.lost.removeEventListener('abort', onLost);
      settings.signal.removeEventListener('abort', onAbort);
      run.close();
    }
  } finally {
    await letGo(parts, open);
  }
}

/** A hold that cannot be given back ends with its process; the report is worth more. */
async function letGo({ ledger, keepsRuns }: RunParts, { hold, manifest }: OpenRun): Promise<void> {
  const release = hold.release();
  // In one go, so that nobody continues a run whose settled placements such a ledger does not know any more.
  const forget = keepsRuns ? undefined : ledger.forget(manifest.runId);
  await Promise.allSettled([release, forget]);
}

function listen(signal: AbortSignal, listener: () => void): void {
  if (signal.aborted) listener();
  else signal.addEventListener('abort', listener, { once: true });
}

async function placeAll(run: Run): Promise<RunReport> {
  const { parts, runId, settings } = run;
  if (run.isContinued) await takeUp(run);
  parts.events.emit('runStarted', () => ({
    runId,
    startedAt: new Date(run.startedAt),
    slots: settings.slots.map(({ name }) => name),
    isContinued: run.isContinued,
  }));
  const feeder = settings.mailboxes === undefined ? undefined : new MailboxFeeder(run, settings.mailboxes);
  const dispatcher = new Dispatcher(run, feeder);
  await Promise.all([dispatcher.dispatch(), feeder?.feed(() => dispatcher.wake())]);
  if (run.halted.aborted) await endResting(run);
  const report = reportOf(run, feeder?.rows ?? 0);
  parts.events.emit('runEnded', () => report);
  return report;
}

/** Opens again what an earlier call left, and counts what it settled. */
async function takeUp({ parts, runId, settings, tally }: Run): Promise<void> {
  const settled: readonly PlacementState[] = settings.retryRejected ? ['done'] : ['done', 'rejected'];
  for await (const { dueAt } of parts.ledger.rows(runId, { states: settled })) if (dueAt === undefined) tally.already();
  await parts.ledger.reopen(runId, ['deferred', 'unknown', ...(settings.retryRejected ? ['rejected' as const] : [])]);
}

/** A run that was stopped leaves placements that would have been tried or looked up again. */
async function endResting(run: Run): Promise<void> {
  try {
    for await (const row of run.parts.ledger.rows(run.runId, { states: ['deferred', 'unknown'] })) {
      if (row.dueAt !== undefined) await end(run, row, { kind: kindOf(row), error: errorOf(row) });
    }
  } catch (error) {
    // The report can only be incomplete.
    run.fail(error);
  }
}

function kindOf({ state }: PlacementRow): 'deferred' | 'unknown' {
  return state === 'deferred' ? 'deferred' : 'unknown';
}

function errorOf({ error, mailbox }: PlacementRow): AppointedError {
  const { code = 'aborted', message = `[aborted] ${mailbox.id}: the run ended before it was settled` } = error ?? {};
  return new AppointedError(code, message.slice(code.length + 3), {
    mailbox: mailbox.id,
    ...(error?.serverCode === undefined ? {} : { server: { code: error.serverCode } }),
  });
}

function lost(cause: unknown): AppointedError {
  return AppointedError.is(cause)
    ? cause
    : new AppointedError('claim_lost', 'somebody else works on the run', { cause });
}

function reportOf(run: Run, rows: number): RunReport {
  return {
    runId: run.runId,
    transport: run.parts.transport.name,
    startedAt: new Date(run.startedAt),
    endedAt: new Date(run.parts.clock()),
    counts: run.tally.counts(rows),
    failures: run.tally.failures,
    ...(run.stopped === undefined ? {} : { stopped: run.stopped }),
  };
}
