import type { RunReport, SettledCounts } from '@appointed/core';
import { EXIT, type ExitCode } from '../exit-code.js';

/** What a call came to, besides its report. */
export interface Ending {
  readonly isInterrupted: boolean;
  /** Rows that are no mailbox. */
  readonly badRows: number;
  /** How the whole run stands, earlier calls included; absent where nothing was to be placed, or nothing is kept. */
  readonly standing: SettledCounts | undefined;
}

/** What the command ends with: what asks for the most comes first. */
export function reportCode({ stopped, counts }: RunReport, { isInterrupted, badRows, standing }: Ending): ExitCode {
  if (isInterrupted) return EXIT.interrupted;
  if (stopped !== undefined) return EXIT.stopped;
  const open = counts.deferred + counts.unknown;
  if (open > 0) return EXIT.leftOpen;
  const rejected = Math.max(counts.rejected, standing?.rejected ?? 0);
  return rejected + badRows + counts.duplicates > 0 ? EXIT.someFailed : EXIT.done;
}
