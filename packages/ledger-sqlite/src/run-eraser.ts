import type { CommitQueue } from './commit-queue.js';
import type { Command, LedgerFile } from './ledger-file.js';
import type { RunTable } from './run-table.js';
import type { StretchTable } from './stretch-table.js';

/**
 * Erases runs that were condemned, in many small transactions: one for a million placements would let nothing else be
 * done for half a minute. A run is condemned first, so that whatever interrupts this leaves no half of a run that could be
 * continued; and what was interrupted goes on when the file is opened again, so that nobody's address is left behind.
 */
export class RunEraser {
  readonly #file: LedgerFile;
  readonly #commits: CommitQueue;
  readonly #runs: RunTable;
  readonly #stretches: StretchTable;
  readonly #eraseRows: readonly Command[];
  readonly #eraseRest: readonly Command[];

  constructor(file: LedgerFile, commits: CommitQueue, runs: RunTable, stretches: StretchTable) {
    this.#file = file;
    this.#commits = commits;
    this.#runs = runs;
    this.#stretches = stretches;
    this.#eraseRows = [
      'DELETE FROM outcome WHERE placement IN (SELECT id FROM placement WHERE run = $1 AND list_row <= $2)',
      'DELETE FROM placement WHERE run = $1 AND list_row <= $2',
    ].map((sql) => file.command(sql));
    this.#eraseRest = [
      'DELETE FROM worker WHERE run = $1',
      'DELETE FROM hold WHERE run = $1',
      'DELETE FROM run WHERE id = $1',
    ].map((sql) => file.command(sql));
  }

  /** Erases a condemned run. */
  async erase(run: number): Promise<void> {
    while (await this.#commits.add(() => this.#eraseStretch(run)));
    // What is overwritten in the file would still stand in the log.
    this.#file.checkpoint();
  }

  /** Erases all that is condemned. */
  async eraseAll(): Promise<void> {
    for (const run of this.#file.read(() => this.#runs.condemned())) await this.erase(run);
  }

  /** @returns whether something is left */
  #eraseStretch(run: number): boolean {
    const { to, isLast } = this.#stretches.next(run);
    for (const command of this.#eraseRows) command(run, to);
    if (isLast) for (const command of this.#eraseRest) command(run);
    return !isLast;
  }
}
