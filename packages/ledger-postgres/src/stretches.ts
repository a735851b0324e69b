/** Longer, one statement should not keep rows from others. */
const LENGTH = 10_000;

/** Where a stretch of a run's placements ends. */
export interface StretchEnd {
  readonly row: number;
  readonly id: number;
}

const BEFORE_ALL: StretchEnd = { row: -2_147_483_648, id: 0 };

/** What a statement over a stretch answers: what it counted, and where the stretch ends; null behind the last. */
export type StretchAnswer = readonly [count: number, row: number | null, id: number | null];

/**
 * A statement that goes through the placements that follow a stretch: of run `$1`, after `$2` and `$3`.
 * @param change `changed AS (...)`: does something to the placements in `stretch` (id, list_row, slot), which it names by
 * an array, since the planner would rather read the whole table; and counts, as `count`
 */
export function stretchSql(schema: string, change: string): string {
  return `
    WITH stretch AS (
      SELECT id, list_row, slot FROM ${schema}.placement WHERE run = $1 AND (list_row, id) > ($2, $3)
      ORDER BY list_row, id LIMIT ${LENGTH}
    ),
    ${change}
    SELECT (SELECT count FROM changed), list_row, id
    FROM (SELECT) AS once LEFT JOIN (SELECT list_row, id FROM stretch ORDER BY list_row DESC, id DESC LIMIT 1) AS last ON true`;
}

/**
 * Goes through a run's placements in many statements: one for a million would keep others waiting for many seconds.
 * Between them others may go on, and the process may die, so the work must bear to be repeated.
 * @returns the sum of what was counted
 */
export async function inStretches(work: (after: StretchEnd) => Promise<StretchAnswer | undefined>): Promise<number> {
  let sum = 0;
  for (let after = BEFORE_ALL; ;) {
    const [count, row, id] = (await work(after)) ?? [0, null, null];
    sum += count;
    if (row === null || id === null) return sum;
    after = { row, id };
  }
}
