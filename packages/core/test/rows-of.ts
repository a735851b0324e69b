import type { PlacementRow, RunLedger } from '@appointed/core';

/** What a ledger remembers of a run. */
export async function rowsOf(ledger: RunLedger, runId: string): Promise<readonly PlacementRow[]> {
  const rows: PlacementRow[] = [];
  for await (const row of ledger.rows(runId)) rows.push(row);
  return rows;
}
