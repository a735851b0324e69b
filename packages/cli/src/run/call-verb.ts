import type { CallOptions, ImpersonationRunner, RunReport, SettledCounts } from '@appointed/core';
import type { OpenConfig } from '../config/open-config.js';
import type { ExitCode } from '../exit-code.js';
import { inFlags } from '../output/in-flags.js';
import type { Output } from '../output/output.js';
import { PlacementWords } from '../output/placement-words.js';
import { Progress } from '../output/progress.js';
import { progressLines } from '../output/progress-line.js';
import { Interrupts } from './interrupts.js';
import { reportCode } from './report-code.js';

/** Core's, for requests in flight. */
const USUAL = 10;

/** What is given to every call. */
export type Signals = Required<Pick<CallOptions, 'signal' | 'pause'>>;

/** One call of a verb, as the command makes it. */
export interface VerbCall {
  readonly output: Output;
  readonly open: OpenConfig;
  readonly maxInFlight?: number | undefined;
  /** How many placements there will be; asked only where somebody watches. */
  readonly total: () => Promise<number | undefined>;
  readonly call: (runner: ImpersonationRunner, signals: Signals, interrupts: Interrupts) => Promise<RunReport>;
  /** The command that goes on where this one ended. */
  readonly resume: (report: RunReport) => Promise<string | undefined>;
}

/** Has a verb called, shows how far it is, and says what came of it. */
export async function callVerb({ output, open, maxInFlight, total, call, resume }: VerbCall): Promise<ExitCode> {
  const runner = await open.runner({ maxInFlight });
  const progress = new Progress(
    output.isWatched ? await total() : undefined,
    maxInFlight ?? open.config.maxInFlight ?? USUAL,
  );
  const words = new PlacementWords(output, progress);
  words.listen(runner);
  using interrupts = new Interrupts(output);
  const report = await withDisplay(output, progress, () =>
    call(runner, { signal: interrupts.stop, pause: interrupts.pause }, interrupts),
  );
  const isInterrupted = interrupts.pause.aborted && report.stopped !== undefined;
  const standing = await standingOf(open, report);
  const exitCode = reportCode(report, { isInterrupted, badRows: words.badRows, standing });
  sayReport(output, report, exitCode);
  const line = exitCode === 0 ? undefined : await resume(report);
  if (line !== undefined) output.note(`To go on: ${line}`);
  return exitCode;
}

async function withDisplay<T>(output: Output, progress: Progress, work: () => Promise<T>): Promise<T> {
  if (!output.isWatched) return work();
  const { ProgressDisplay } = await import('../output/progress-display.js');
  const display = new ProgressDisplay((columns) => progressLines(progress, columns));
  output.display = display;
  try {
    return await work();
  } finally {
    display.close();
    output.display = undefined;
  }
}

/** A run that was discarded is not known any more. */
async function standingOf(open: OpenConfig, { runId, verb }: RunReport): Promise<SettledCounts | undefined> {
  if (verb !== 'run' && verb !== 'reconcile') return undefined;
  const ledger = await open.ledger();
  return ledger.settled(runId).catch(() => undefined);
}

const DONE = { run: 'placed', reconcile: 'reconciled', revise: 'revised', retract: 'taken back', verify: 'compared' };

function sayReport(output: Output, report: RunReport, exitCode: ExitCode): void {
  const { counts, stopped, runId, verb, isDryRun } = report;
  const parts = [
    `${counts.done} ${isDryRun ? 'would be ' : ''}${DONE[verb]}`,
    ...some(counts.already, 'settled before'),
    ...some(counts.skipped, 'skipped'),
    ...some(counts.rejected, 'rejected'),
    ...some(counts.deferred, 'deferred'),
    ...some(counts.unknown, 'unknown'),
    ...some(counts.duplicates, 'double'),
  ];
  output.record('report', {
    ...report,
    failures: report.failures.map((failure) => ({ ...failure, error: failure.error.toJSON() })),
    stopped: stopped?.toJSON(),
    exitCode,
  });
  output.say(`Run ${runId}: ${parts.join(', ')}.`, exitCode === 0 ? 'good' : 'plain');
  if (stopped === undefined) return;
  output.note(`It ended early: ${stopped.message}`, 'bad');
  const { cause } = stopped;
  if (cause instanceof Error && stopped.code === 'mailboxes_failed') output.note(`  ${cause.message}`, 'bad');
  if (stopped.hint !== undefined && stopped.code !== 'paused') output.note(`  ${inFlags(stopped.hint)}`, 'quiet');
}

function some(count: number, word: string): readonly string[] {
  return count === 0 ? [] : [`${count} ${word}`];
}
