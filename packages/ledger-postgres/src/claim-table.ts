import type { Claim, Claims, LedgerOwner } from '@appointed/core';
import { fenceOf } from './fence.js';
import type { LedgerClock } from './ledger-clock.js';
import { type Ask, type LedgerDatabase, nowSql } from './ledger-database.js';
import { type PlacementRecord, readRecord, RECORD_COLUMNS } from './placement-record.js';
import { runUnknown } from './run-table.js';
import { storableText } from './storable-text.js';

/** What is due, in its order; what somebody else is just claiming is passed over. */
const eachAloneSql = (schema: string): string => `
  due AS (
    SELECT placement, state, due_at AS place FROM ${schema}.progress
    WHERE run = (SELECT id FROM run WHERE slots < 2) AND due_at <= ${nowSql(2)}
    ORDER BY due_at, list_row, placement LIMIT $3::bigint
    FOR UPDATE SKIP LOCKED
  )`;

/** All that is due of each row, and so many rows that the limit is reached. */
const wholeRowsSql = (schema: string): string => `
  first AS (
    SELECT list_row, row_number() OVER (ORDER BY due_at, list_row, placement) AS place FROM (
      SELECT list_row, due_at, placement FROM ${schema}.progress
      WHERE run = (SELECT id FROM run) AND due_at <= ${nowSql(2)}
      ORDER BY due_at, list_row, placement LIMIT $3::bigint
    ) AS soonest
  ),
  whole AS (
    SELECT list_row, min(place) AS place, (
      SELECT count(*) FROM ${schema}.placement JOIN ${schema}.progress ON progress.placement = placement.id
      WHERE placement.run = (SELECT id FROM run) AND placement.list_row = first.list_row AND due_at <= ${nowSql(2)}
    ) AS size
    FROM first GROUP BY list_row
  ),
  taken AS (
    SELECT list_row, place FROM (
      SELECT list_row, place, sum(size) OVER (ORDER BY place) - size AS before FROM whole
    ) AS counted WHERE before < $3::bigint
  ),
  due AS (
    SELECT progress.placement, progress.state, taken.place
    FROM taken JOIN ${schema}.placement ON placement.run = (SELECT id FROM run) AND placement.list_row = taken.list_row
    JOIN ${schema}.progress ON progress.placement = placement.id
    WHERE progress.due_at <= ${nowSql(2)} FOR UPDATE OF progress SKIP LOCKED
  )`;

/**
 * The planner does not know how few are due, and would rather read whole tables than find each by its number: hence the
 * array, and the OFFSET 0, past which it does not look.
 */
const claimSql = (schema: string, due: string): string => `
  WITH run AS (SELECT id, slots FROM ${schema}.run WHERE run_id = $1),
  ${due},
  stands AS (
    UPDATE ${schema}.progress SET
      state = 'claimed', fence = fence + 1, due_at = ${nowSql(2)} + $4::bigint, claimed_at = ${nowSql(2)}, owner = $5
    WHERE placement = ANY (ARRAY(SELECT placement FROM due)) RETURNING *
  ),
  next AS (
    SELECT due_at FROM ${schema}.progress
    WHERE run = (SELECT id FROM run) AND due_at IS NOT NULL AND (owner IS DISTINCT FROM $5 OR due_at <= ${nowSql(2)})
      AND placement <> ALL (ARRAY(SELECT placement FROM due))
    ORDER BY due_at LIMIT 1
  )
  SELECT run.slots, ${nowSql(2)}, (SELECT due_at FROM next), stands.fence, due.state, ${RECORD_COLUMNS}
  FROM run LEFT JOIN (
    due JOIN stands USING (placement)
    CROSS JOIN LATERAL (SELECT * FROM ${schema}.placement WHERE id = stands.placement OFFSET 0) AS given
  ) ON true
  ORDER BY due.place, given.list_row, given.id`;

type Answer = readonly [
  slots: number,
  now: number,
  nextDueAt: number | null,
  fence: number | null,
  before: Claim['before'],
  ...PlacementRecord,
];

/** Who may work on what. */
export class ClaimTable {
  readonly #database: LedgerDatabase;
  readonly #clock: LedgerClock;
  readonly #eachAlone: string;
  readonly #wholeRows: string;
  readonly #lockRun: string;
  /** The runs of which rows may hold several placements, as far as it is known. */
  readonly #ofSeveralSlots = new Set<string>();

  constructor(database: LedgerDatabase, clock: LedgerClock) {
    const { schema } = database;
    this.#database = database;
    this.#clock = clock;
    this.#eachAlone = claimSql(schema, eachAloneSql(schema));
    this.#wholeRows = claimSql(schema, wholeRowsSql(schema));
    this.#lockRun = `SELECT FROM ${schema}.run WHERE run_id = $1 FOR NO KEY UPDATE`;
  }

  /** @throws AppointedError `run_unknown` */
  async claim(runId: string, owner: LedgerOwner, limit: number, leaseMs: number): Promise<Claims> {
    const askedAt = this.#clock.local;
    const answers = await this.#ask([storableText(runId), this.#clock.now, limit, leaseMs, storableText(owner.id)]);
    const [first] = answers;
    if (first === undefined) throw runUnknown(runId);
    const [, now, nextDueAt] = first;
    this.#clock.measured(askedAt, now);
    const claims = answers
      .filter(([, , , fence]) => fence !== null)
      .map((answer) => this.#read(answer, askedAt + leaseMs));
    return nextDueAt === null ? { claims } : { claims, nextDueAt: this.#clock.toLocal(nextDueAt) };
  }

  async #ask(values: readonly [string, number | null, number, number, string]): Promise<readonly Answer[]> {
    const [runId] = values;
    if (!this.#ofSeveralSlots.has(runId)) {
      const answers = await this.#database.ask<Answer>(this.#eachAlone, ...values);
      if (answers[0] === undefined || answers[0][0] < 2) return answers;
      this.#ofSeveralSlots.add(runId);
    }
    return this.#database.transaction(async (ask: Ask) => {
      // One after another: two that claim at once could each get a part of a row.
      await ask(this.#lockRun, runId);
      return ask<Answer>(this.#wholeRows, ...values);
    });
  }

  /** By the caller's clock a lease began when it was asked for: so it never seems longer than it is. */
  #read([, , , fence, before, ...record]: Answer, leaseEnd: number): Claim {
    const placement = { ...readRecord(record, this.#clock), dueAt: leaseEnd };
    return { placement, before, fence: fenceOf(record[0], fence ?? 0) };
  }
}
