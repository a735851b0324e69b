import type { Assignees, PlacementState, SettledCounts, Task } from '@appointed/core';
import type { LedgerClock } from './ledger-clock.js';
import { type LedgerDatabase, nowSql } from './ledger-database.js';
import { storableText } from './storable-text.js';
import { inStretches, type StretchAnswer, stretchSql } from './stretches.js';

const MAY_BE_THERE = "(state IN ('claimed', 'unknown') OR item_id IS NOT NULL)";

// A mark by who has claimed it for its former task has a stale fence then.
const assignmentSql = (schema: string): string => `
  assigned AS (
    UPDATE ${schema}.progress SET
      task = CASE WHEN ${MAY_BE_THERE} THEN $4 ELSE task END,
      due_at = CASE WHEN ${MAY_BE_THERE} THEN coalesce(due_at, ${nowSql(5)}) END,
      attempts = CASE WHEN ${MAY_BE_THERE} THEN 0 ELSE attempts END,
      fence = fence + (state = 'claimed')::integer,
      owner = NULL
    WHERE placement = ANY (ARRAY(SELECT id FROM stretch WHERE $6::text[] IS NULL OR slot = ANY ($6::text[])))
      AND (due_at IS NOT NULL OR ${MAY_BE_THERE})
    RETURNING ${MAY_BE_THERE} AS is_due
  ),
  changed AS (SELECT count(*) FILTER (WHERE is_due) AS count FROM assigned)`;

const reopeningSql = (schema: string): string => `
  reopened AS (
    UPDATE ${schema}.progress SET due_at = ${nowSql(5)}
    WHERE placement = ANY (ARRAY(SELECT id FROM stretch)) AND due_at IS NULL AND task = $4 AND state = ANY ($6::text[])
    RETURNING 1
  ),
  changed AS (SELECT count(*) AS count FROM reopened)`;

/** What is wanted of many placements at once. */
export class TaskTable {
  readonly #database: LedgerDatabase;
  readonly #clock: LedgerClock;
  readonly #reopen: string;
  readonly #assign: string;
  readonly #assignKeys: string;
  readonly #settled: string;

  constructor(database: LedgerDatabase, clock: LedgerClock) {
    const { schema } = database;
    this.#database = database;
    this.#clock = clock;
    this.#reopen = stretchSql(schema, reopeningSql(schema));
    this.#assign = stretchSql(schema, assignmentSql(schema));
    this.#assignKeys = `
      WITH stretch AS (SELECT id, slot FROM ${schema}.placement WHERE run = $1 AND key = ANY ($2::text[]) AND $3::text IS NULL),
      ${assignmentSql(schema)}
      SELECT count, NULL, NULL FROM changed`;
    this.#settled = `
      SELECT state, count(*) FROM ${schema}.progress
      WHERE run = $1 AND due_at IS NULL AND state <> 'claimed' GROUP BY state`;
  }

  reopen(run: number, states: readonly PlacementState[], task: Task): Promise<number> {
    return inStretches(async ({ row, id }) => {
      const [answer] = await this.#database.ask<StretchAnswer>(
        this.#reopen,
        run,
        row,
        id,
        task,
        this.#clock.now,
        states,
      );
      return answer;
    });
  }

  async assign(run: number, task: Task, { slots, keys }: Assignees): Promise<number> {
    const rest = [task, this.#clock.now, slots?.map(storableText) ?? null] as const;
    if (keys === undefined) {
      return inStretches(async ({ row, id }) => {
        const [answer] = await this.#database.ask<StretchAnswer>(this.#assign, run, row, id, ...rest);
        return answer;
      });
    }
    const [answer] = await this.#database.ask<StretchAnswer>(
      this.#assignKeys,
      run,
      keys.map(storableText),
      null,
      ...rest,
    );
    return answer?.[0] ?? 0;
  }

  async settled(run: number): Promise<SettledCounts> {
    const counts = { waiting: 0, deferred: 0, unknown: 0, rejected: 0, done: 0, removed: 0 };
    const rows = await this.#database.ask<readonly [keyof SettledCounts, number]>(this.#settled, run);
    for (const [state, count] of rows) counts[state] = count;
    return counts;
  }
}
