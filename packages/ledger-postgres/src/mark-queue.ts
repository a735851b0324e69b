import { AppointedError, type Mark } from '@appointed/core';
import { readFence } from './fence.js';
import type { LedgerClock } from './ledger-clock.js';
import type { LedgerDatabase } from './ledger-database.js';
import { storableText } from './storable-text.js';

/** When a statement has so many marks, the next call's go into the next statement. */
const ENOUGH_AT_ONCE = 1000;

interface Waiting {
  readonly marks: readonly Mark[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Marks that wait together are written by one statement: a statement and its way there and back cost more than what it
 * does. While one is under way, the next gathers.
 */
export class MarkQueue {
  readonly #database: LedgerDatabase;
  readonly #clock: LedgerClock;
  readonly #update: string;
  #waiting: Waiting[] = [];
  #isWriting = false;

  constructor(database: LedgerDatabase, clock: LedgerClock) {
    const { schema } = database;
    this.#database = database;
    this.#clock = clock;
    this.#update = `
      UPDATE ${schema}.progress SET
        state = mark.state, task = coalesce(mark.task, progress.task), attempts = mark.attempts, due_at = mark.due_at,
        owner = NULL, item_id = mark.item_id, change_key = mark.change_key, ical_uid = mark.ical_uid,
        request_id = mark.request_id, written = mark.written::json, error = mark.error::json
      FROM unnest(
        $1::bigint[], $2::integer[], $3::text[], $4::text[], $5::text[], $6::text[], $7::integer[], $8::bigint[],
        $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[]
      ) WITH ORDINALITY AS mark (
        placement, fence, run_id, key, state, task, attempts, due_at,
        item_id, change_key, ical_uid, request_id, written, error, place
      )
      JOIN ${schema}.placement AS given ON given.id = mark.placement AND given.key = mark.key
      JOIN ${schema}.run ON run.id = given.run AND run.run_id = mark.run_id
      WHERE progress.placement = mark.placement AND progress.fence = mark.fence AND progress.state = 'claimed'
      RETURNING mark.place`;
  }

  /** @throws AppointedError `claim_lost`, `ledger_failed` */
  add(marks: readonly Mark[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ marks, resolve, reject });
      if (this.#isWriting) return;
      this.#isWriting = true;
      // Not a microtask: what else has arrived in this turn of the event loop shall come along.
      setImmediate(() => void this.#writeAll());
    });
  }

  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0) await this.#writeNext();
    this.#isWriting = false;
  }

  async #writeNext(): Promise<void> {
    const batch = this.#takeBatch();
    try {
      const lost = await this.#write(batch.flatMap(({ marks }) => marks));
      for (const { marks, resolve, reject } of batch) {
        const own = marks.filter((mark) => lost.has(mark));
        if (own.length === 0) resolve();
        else reject(claimLost(own));
      }
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }

  #takeBatch(): readonly Waiting[] {
    const batch: Waiting[] = [];
    for (let count = 0; count < ENOUGH_AT_ONCE;) {
      const next = this.#waiting.shift();
      if (next === undefined) break;
      batch.push(next);
      count += next.marks.length;
    }
    return batch;
  }

  /** @returns those that were not made, since their fence is stale */
  async #write(marks: readonly Mark[]): Promise<ReadonlySet<Mark>> {
    const lost = new Set(marks);
    // Of two for one claim the first counts; in one statement, either might.
    const firsts = new Map(
      marks.map((mark) => [`${mark.fence} ${mark.key} ${mark.runId}`, mark] as const).toReversed(),
    );
    const tried = [...firsts.values()];
    const made = await this.#database.ask<readonly [place: number]>(this.#update, ...this.#columnsOf(tried));
    for (const [place] of made) {
      const mark = tried[place - 1];
      if (mark !== undefined) lost.delete(mark);
    }
    return lost;
  }

  #columnsOf(marks: readonly Mark[]) {
    return [
      marks.map(({ fence }) => readFence(fence).placement),
      marks.map(({ fence }) => readFence(fence).claims),
      marks.map(({ runId }) => storableText(runId)),
      marks.map(({ key }) => storableText(key)),
      marks.map(({ state }) => state),
      marks.map(({ task }) => task ?? null),
      marks.map(({ attempts }) => attempts),
      marks.map(({ dueAt }) => (dueAt === undefined ? null : this.#clock.toDatabase(dueAt))),
      marks.map(({ receipt }) => optionalText(receipt?.itemId)),
      marks.map(({ receipt }) => optionalText(receipt?.changeKey)),
      marks.map(({ receipt }) => optionalText(receipt?.iCalUid)),
      marks.map(({ receipt }) => optionalText(receipt?.requestId)),
      marks.map(({ written }) => (written === undefined ? null : JSON.stringify(written))),
      marks.map(({ error }) => (error === undefined ? null : JSON.stringify(error))),
    ] as const;
  }
}

function optionalText(text: string | undefined): string | null {
  return text === undefined ? null : storableText(text);
}

function claimLost([first, ...others]: readonly Mark[]): AppointedError {
  const more = others.length === 0 ? '' : ` and ${others.length} others`;
  return new AppointedError('claim_lost', `the placement ${first?.key}${more} was claimed by somebody else meanwhile`);
}
