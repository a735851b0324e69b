import type { RunReport } from '../run/run-report.js';
import type { Run } from './run.js';

/** What a run has come to so far. */
export function reportOf(run: Run, rows: number): RunReport {
  const { parts, runId, manifest, tally, verb } = run;
  return {
    runId,
    verb: verb.name,
    isDryRun: parts.isDry,
    transport: parts.transport.name,
    startedAt: new Date(manifest.startedAt),
    endedAt: new Date(parts.clock()),
    counts: tally.counts(rows),
    failures: tally.failures,
    ...(run.stopped === undefined ? {} : { stopped: run.stopped }),
  };
}
