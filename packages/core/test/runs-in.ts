import type { RunLedger } from '@appointed/core';

/** The ids of the runs that a ledger knows. */
export async function runsIn(ledger: RunLedger): Promise<readonly string[]> {
  const ids: string[] = [];
  for await (const { runId } of ledger.runs()) ids.push(runId);
  return ids;
}
