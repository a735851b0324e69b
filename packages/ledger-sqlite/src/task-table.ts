import type { PlacementState, Task } from '@appointed/core';
import { type Assignment, assignment } from './assignment.js';
import type { Command, LedgerFile, Query } from './ledger-file.js';
import { packText } from './pack-text.js';
import { maskOf, readState, TASK_NUMBERS } from './placement-record.js';
import type { Stretch } from './stretch-table.js';

/** What is wanted of many placements at once. All within a transaction of the caller's. */
export class TaskTable {
  readonly #reopen: Command;
  readonly #settled: Query<readonly [state: number, count: number]>;
  readonly #assignStretch: Assignment;
  readonly #assignKey: Assignment;

  constructor(file: LedgerFile) {
    this.#reopen = file.command(
      `UPDATE placement SET due_at = $1 WHERE run = $2 AND list_row > $3 AND list_row <= $4
       AND due_at IS NULL AND task = $5 AND $6 & (1 << state) <> 0`,
    );
    this.#settled = file.query(
      `SELECT state, count(*) FROM placement WHERE run = $1 AND list_row > $2 AND list_row <= $3
       AND due_at IS NULL GROUP BY state`,
    );
    this.#assignStretch = assignment(file, {
      values: 3,
      condition: (first) => `run = $${first} AND list_row > $${first + 1} AND list_row <= $${first + 2}`,
    });
    this.#assignKey = assignment(file, {
      values: 2,
      condition: (first) => `run = $${first} AND key = $${first + 1}`,
    });
  }

  reopen(run: number, { after, to }: Stretch, states: readonly PlacementState[], task: Task, now: number): number {
    return this.#reopen(now, run, after, to, TASK_NUMBERS[task], maskOf(states));
  }

  assign(run: number, { after, to }: Stretch, task: Task, slots: readonly string[] | undefined, now: number): number {
    return this.#assignStretch([run, after, to], task, slots, now);
  }

  assignKey(run: number, key: string, task: Task, slots: readonly string[] | undefined, now: number): number {
    return this.#assignKey([run, packText(key)], task, slots, now);
  }

  /** How many are settled in each state that occurs in a stretch. */
  settled(run: number, { after, to }: Stretch): readonly (readonly [state: PlacementState, count: number])[] {
    return this.#settled.all(run, after, to).map(([state, count]) => [readState(state), count]);
  }
}
