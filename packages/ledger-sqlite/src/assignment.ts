import type { Task } from '@appointed/core';
import type { LedgerFile, Value } from './ledger-file.js';
import { packText } from './pack-text.js';
import { STATE_NUMBERS, TASK_NUMBERS } from './placement-record.js';

const { claimed, unknown } = STATE_NUMBERS;

const MAY_BE_THERE = `(state IN (${claimed}, ${unknown}) OR EXISTS (
  SELECT 1 FROM outcome WHERE outcome.placement = placement.id AND item_id IS NOT NULL))`;

/** Some placements of a run, by a condition; its values are numbered from the one it is given. */
export interface Selection {
  readonly values: number;
  readonly condition: (first: number) => string;
}

/** Assigns a task to those that are selected by some values and have one of some slots. @returns how many are due for it */
export type Assignment = (
  selected: readonly Value[],
  task: Task,
  slots: readonly string[] | undefined,
  now: number,
) => number;

/** Prepares the assigning of tasks to placements that are selected in one way. */
export function assignment(file: LedgerFile, { values, condition }: Selection): Assignment {
  const selected = (first: number): string => {
    const slot = `$${first + values}`;
    return `${condition(first)} AND (${slot} IS NULL OR slot = ${slot})`;
  };
  // A mark by who has claimed it for its former task has a stale fence then.
  const assign = file.command(
    `UPDATE placement SET task = $1, due_at = coalesce(due_at, $2), attempts = 0, owner = -1,
     fence = fence + (state = ${claimed}) WHERE ${selected(3)} AND ${MAY_BE_THERE}`,
  );
  // The plus keeps SQLite from going through all that is due.
  const settle = file.command(
    `UPDATE placement SET due_at = NULL WHERE ${selected(1)} AND +due_at IS NOT NULL AND NOT ${MAY_BE_THERE}`,
  );
  return (selected, task, slots, now) => {
    let assigned = 0;
    for (const slot of slots === undefined ? [null] : [...new Set(slots)].map(packText)) {
      settle(...selected, slot);
      assigned += assign(TASK_NUMBERS[task], now, ...selected, slot);
    }
    return assigned;
  };
}
