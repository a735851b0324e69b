import type { RunLedger, RunManifest } from '@appointed/core';

/** A run that the ledger knows; undefined where it does not. */
export async function findRun(ledger: RunLedger, runId: string): Promise<RunManifest | undefined> {
  for await (const manifest of ledger.runs()) if (manifest.runId === runId) return manifest;
  return undefined;
}

/** @throws AppointedError `run_unknown` */
export async function getRun(ledger: RunLedger, runId: string): Promise<RunManifest> {
  const manifest = await findRun(ledger, runId);
  if (manifest !== undefined) return manifest;
  const { AppointedError } = await import('@appointed/core');
  const hint = 'See appointed runs for those that it knows.';
  throw new AppointedError('run_unknown', `the ledger has no run ${runId}`, { hint });
}
