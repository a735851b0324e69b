import type { AppointedError } from '../error/appointed-error.js';
import type { PlacementRow } from '../ledger/placement-row.js';
import type { Run } from '../pipeline/run.js';
import type { Finding, VerifyReport } from '../run/verify-report.js';

const MOST_FINDINGS = 100;

/** Counts what a comparison finds; keeps the first findings. */
export class VerifyTally {
  readonly #run: Run;
  readonly #counts = { placements: 0, right: 0, missing: 0, deleted: 0, double: 0, foreign: 0, unread: 0 };
  readonly #findings: Finding[] = [];

  constructor(run: Run) {
    this.#run = run;
  }

  unread(rows: readonly PlacementRow[], error: AppointedError): void {
    for (const row of rows) this.compared(row, { kind: 'unread', error });
  }

  /** @param difference undefined, where it is as the ledger says */
  compared(
    { row, mailbox, slot, key }: PlacementRow,
    difference: Omit<Finding, 'row' | 'mailbox' | 'slot'> | undefined,
  ): void {
    this.#counts.placements += 1;
    this.#counts[difference?.kind ?? 'right'] += 1;
    if (difference === undefined) return;
    const finding = { row, mailbox: mailbox.id, slot, ...difference };
    if (this.#findings.length < MOST_FINDINGS) this.#findings.push(finding);
    const { parts, runId } = this.#run;
    parts.events.emit('differenceFound', () => ({ runId, row, mailbox, slot, key, finding }));
  }

  report(): VerifyReport {
    const { runId, stopped } = this.#run;
    return {
      runId,
      counts: { ...this.#counts },
      findings: this.#findings.toSorted((one, other) => one.row - other.row),
      ...(stopped === undefined ? {} : { stopped }),
    };
  }
}
