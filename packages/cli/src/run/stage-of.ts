import type { PlacementState, RunLedger, RunManifest } from '@appointed/core';

const OPEN: readonly PlacementState[] = ['waiting', 'claimed', 'deferred', 'unknown'];

/** How far a run is, in a word for people: what the ledger calls `placing` goes on until the run is taken back. */
export async function stageOf(ledger: RunLedger, manifest: RunManifest): Promise<string> {
  const { runId, state = 'placing', audienceComplete } = manifest;
  if (state !== 'placing') return state;
  if (!audienceComplete) return 'unfinished';
  for await (const _row of ledger.rows(runId, { states: OPEN })) return 'unfinished';
  return 'finished';
}
