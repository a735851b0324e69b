import type { RunReport } from '@appointed/core';
import { expect } from 'vitest';

/** A run that was stopped had a turn for so many rows, and has read some more ahead of them. */
export function expectRows({ counts }: RunReport, hadTheirTurn: number, maxInFlight: number): void {
  expect(counts.rows).toBeGreaterThanOrEqual(hadTheirTurn);
  expect(counts.rows).toBeLessThanOrEqual(hadTheirTurn + 4 * maxInFlight);
}
