import type { Enrolment, PlacementState } from '@appointed/core';
import type { LedgerClock } from './ledger-clock.js';
import { type LedgerDatabase, nowSql } from './ledger-database.js';
import { runUnknown } from './run-table.js';
import { storableText } from './storable-text.js';

/** What a run consists of. */
export class EnrolmentTable {
  readonly #database: LedgerDatabase;
  readonly #clock: LedgerClock;
  readonly #insert: string;
  readonly #stateOf: string;

  constructor(database: LedgerDatabase, clock: LedgerClock) {
    const { schema } = database;
    this.#database = database;
    this.#clock = clock;
    // The lock keeps the run from being forgotten meanwhile, which would leave rows that belong to nothing.
    this.#insert = `
      WITH run AS (SELECT id FROM ${schema}.run WHERE run_id = $1 FOR KEY SHARE),
      wanted AS (
        SELECT * FROM unnest($3::text[], $4::integer[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[])
        WITH ORDINALITY AS one (key, list_row, slot, kind, mailbox, attributes, task, place)
      ),
      added AS (
        INSERT INTO ${schema}.placement (run, key, list_row, slot, kind, mailbox, attributes)
        SELECT run.id, key, list_row, slot, kind, mailbox, attributes::json FROM run, wanted ORDER BY place
        ON CONFLICT (run, key) DO NOTHING RETURNING id, run, key, list_row
      ),
      standing AS (
        INSERT INTO ${schema}.progress (placement, due_at, run, list_row, attempts, fence, task, state)
        SELECT added.id, ${nowSql(2)}, added.run, added.list_row, 0, 0, wanted.task, 'waiting'
        FROM added JOIN wanted USING (key) ORDER BY added.id
      )
      SELECT run.id, added.key FROM run LEFT JOIN added ON true`;
    this.#stateOf = `
      SELECT key, state FROM ${schema}.placement JOIN ${schema}.progress ON progress.placement = placement.id
      WHERE placement.run = $1 AND key = ANY ($2::text[])`;
  }

  /** @returns the state of each, and how many are new. @throws AppointedError `run_unknown` */
  async enrol(
    runId: string,
    enrolments: readonly Enrolment[],
  ): Promise<{ readonly states: readonly PlacementState[]; readonly added: number }> {
    const once = new Map(enrolments.map((enrolment) => [enrolment.key, enrolment] as const).toReversed());
    const wanted = [...once.values()].toReversed();
    const answers = await this.#database.ask<readonly [run: number, key: string | null]>(
      this.#insert,
      storableText(runId),
      this.#clock.now,
      ...columnsOf(wanted),
    );
    const [first] = answers;
    if (first === undefined) throw runUnknown(runId);
    const added = new Set(answers.map(([, key]) => key));
    added.delete(null);
    const known = wanted.map(({ key }) => storableText(key)).filter((key) => !added.has(key));
    const states = await this.#states(first[0], known);
    return {
      states: enrolments.map(({ key }) => states.get(storableText(key)) ?? 'waiting'),
      added: added.size,
    };
  }

  async #states(run: number, keys: readonly string[]): Promise<ReadonlyMap<string, PlacementState>> {
    if (keys.length === 0) return new Map();
    return new Map(await this.#database.ask<readonly [string, PlacementState]>(this.#stateOf, run, keys));
  }
}

/** key, list_row, slot, kind, mailbox, attributes, task */
function columnsOf(enrolments: readonly Enrolment[]) {
  return [
    enrolments.map(({ key }) => storableText(key)),
    enrolments.map(({ row }) => row),
    enrolments.map(({ slot }) => storableText(slot)),
    enrolments.map(({ mailbox }) => mailbox.kind),
    enrolments.map(({ mailbox }) => storableText(mailbox.id)),
    enrolments.map(({ mailbox }) =>
      Object.keys(mailbox.attributes).length === 0 ? null : JSON.stringify(mailbox.attributes),
    ),
    enrolments.map(({ task = 'place' }) => task),
  ] as const;
}
