import { PLACEMENT_STATES, type PlacementState, type RunLedger } from '@appointed/core';

/** How many placements stand how. */
export type States = Record<PlacementState, number>;

/** How many placements stand how, and why those failed that did. */
export async function countStates(
  ledger: RunLedger,
  runId: string,
): Promise<{ states: States; reasons: Map<string, number> }> {
  const states = Object.fromEntries(PLACEMENT_STATES.map((state) => [state, 0])) as States;
  const reasons = new Map<string, number>();
  for await (const { state, error } of ledger.rows(runId)) {
    states[state] += 1;
    if (error === undefined) continue;
    const reason = `${error.code}${error.serverCode === undefined ? '' : ` ${error.serverCode}`}`;
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  return { states, reasons };
}
