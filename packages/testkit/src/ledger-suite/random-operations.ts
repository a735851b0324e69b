import assert from 'node:assert/strict';
import {
  AppointedError,
  type Assignees,
  type Claim,
  type Enrolment,
  type LedgerOwner,
  type Mark,
  PLACEMENT_STATES,
  type PlacementState,
  type RunLedger,
  TASKS,
} from '@appointed/core';
import { ALICE, BOB, enrolment, type LedgerBench, type LedgerTest, manifest, rowsOf, RUN } from './ledger-bench.js';
import { LedgerModel, type ModelPlacement } from './ledger-model.js';

const SEEDS = 25;
const OPERATIONS = 100;
const ROWS = 12;
const SLOTS = ['lesson', 'debriefing'];
const OUTCOMES = PLACEMENT_STATES.filter((state) => state !== 'claimed');

/** Random operations, compared with a model. */
export function describeRandomOperations(test: LedgerTest): void {
  test(`does what a simple model does, over ${OPERATIONS} random operations of ${SEEDS} seeds`, async (bench) => {
    for (let seed = 1; seed <= SEEDS; seed += 1) await new Comparison(bench, seed).run();
  });
}

/** One seed's operations, on a ledger and on the model. */
class Comparison {
  readonly #ledger: RunLedger;
  readonly #clock: LedgerBench['clock'];
  readonly #seed: number;
  readonly #model = new LedgerModel();
  readonly #claims: Claim[] = [];
  readonly #history: string[] = [];
  #random: number;

  constructor({ ledger, clock }: LedgerBench, seed: number) {
    this.#ledger = ledger;
    this.#clock = clock;
    this.#seed = seed;
    this.#random = seed;
  }

  async run(): Promise<void> {
    await this.#ledger.forget(RUN);
    await this.#ledger.open(manifest({ slots: SLOTS.map((name) => ({ name, version: '' })) }));
    try {
      for (let n = 0; n < OPERATIONS; n += 1) await this.#operate();
    } catch (cause) {
      const said = cause instanceof Error ? cause.message : String(cause);
      const history = this.#history.join('\n  ');
      throw new assert.AssertionError({ message: `seed ${this.#seed}: ${said}\nafter\n  ${history}` });
    }
  }

  async #operate(): Promise<void> {
    const operations = [
      () => this.#enrol(),
      () => this.#claim(),
      () => this.#claim(),
      () => this.#mark(),
      () => this.#mark(),
      () => this.#wait(),
      () => this.#reopen(),
      () => this.#assign(),
      () => this.#count(),
      () => this.#read(),
    ];
    await this.#oneOf(operations)();
  }

  async #enrol(): Promise<void> {
    const given = Array.from({ length: this.#below(5) }, () => ({
      ...enrolment(1 + this.#below(ROWS), this.#oneOf(SLOTS)),
      ...this.#maybe({ task: this.#oneOf(TASKS) }),
    }));
    this.#note(`enrol ${JSON.stringify(given)}`);
    assert.deepEqual(await this.#ledger.enrol(RUN, given), this.#model.enrol(given, this.#clock.now));
  }

  async #claim(): Promise<void> {
    const [owner, limit, leaseMs] = [this.#owner(), this.#below(6), 1 + this.#below(50)];
    const { now } = this.#clock;
    this.#note(`claim ${owner.id} ${limit} for ${leaseMs} ms`);
    const { claims, nextDueAt } = await this.#ledger.claim(RUN, owner, limit, leaseMs);
    const expected = this.#model.claim(owner, limit, leaseMs, now);
    assert.deepEqual(
      [...new Set(claims.map(({ placement }) => placement.row))],
      [...new Set([...expected.keys()].map((placement) => placement.enrolment.row))],
      'the rows that are claimed, in their order',
    );
    assert.equal(claims.length, expected.size, 'how many are claimed');
    for (const [placement, before] of expected) this.#compare(claims, placement, before);
    assert.equal(nextDueAt, this.#model.nextDueAt(owner, now), 'nextDueAt');
    this.#claims.push(...claims);
  }

  #compare(claims: readonly Claim[], expected: ModelPlacement, before: PlacementState): void {
    const claim = claims.find(({ placement }) => placement.key === expected.enrolment.key);
    assert.ok(claim, `${expected.enrolment.row}/${expected.enrolment.slot} is claimed`);
    assert.equal(claim.before, before);
    assert.equal(claim.placement.task, expected.task);
    assert.equal(claim.placement.attempts, expected.attempts);
    assert.equal(claim.placement.dueAt, expected.dueAt);
    assert.ok(claim.fence > expected.fence, 'the fence rises');
    expected.fence = claim.fence;
  }

  async #mark(): Promise<void> {
    const marks = Array.from({ length: Math.min(this.#claims.length, this.#below(4)) }, () => this.#newMark());
    this.#note(`mark ${JSON.stringify(marks)}`);
    const code = await this.#ledger.mark(marks).then(
      () => undefined,
      (error: unknown) => (AppointedError.is(error) ? error.code : String(error)),
    );
    const made = marks.map((mark) => this.#model.mark(mark));
    assert.equal(code, made.includes(false) ? 'claim_lost' : undefined);
  }

  #newMark(): Mark {
    const { placement, fence } = this.#oneOf(this.#claims);
    const [state, attempts] = [this.#oneOf(OUTCOMES), this.#below(9)];
    return {
      runId: RUN,
      key: placement.key,
      fence,
      state,
      attempts,
      ...this.#maybe({ task: this.#oneOf(TASKS) }),
      ...this.#maybe({ dueAt: this.#clock.now + this.#below(60) }),
      ...this.#maybe({ receipt: { itemId: `item-${fence}` } }),
      ...this.#maybe({ written: { subject: fence.toString(16).padStart(12, '0').slice(-12) } }),
    };
  }

  async #wait(): Promise<void> {
    this.#clock.now += this.#below(40);
    this.#note(`wait until ${this.#clock.now}`);
  }

  async #reopen(): Promise<void> {
    const states = [this.#oneOf(PLACEMENT_STATES), this.#oneOf(PLACEMENT_STATES)];
    const task = this.#oneOf(TASKS);
    this.#note(`reopen ${states.join(' ')} ${task}`);
    assert.equal(await this.#ledger.reopen(RUN, states, task), this.#model.reopen(states, task, this.#clock.now));
  }

  async #assign(): Promise<void> {
    const task = this.#oneOf(TASKS);
    const keys = Array.from({ length: this.#below(6) }, () => this.#anyKey());
    const assignees: Assignees = {
      ...this.#maybe({ slots: SLOTS.filter(() => this.#below(3) > 0) }),
      ...this.#maybe({ keys }),
    };
    this.#note(`assign ${task} ${JSON.stringify(assignees)}`);
    const expected = this.#model.assign(task, assignees, this.#clock.now);
    assert.equal(await this.#ledger.assign(RUN, task, assignees), expected, 'how many are due for the task');
  }

  #anyKey(): string {
    return enrolment(1 + this.#below(ROWS), this.#oneOf(SLOTS)).key;
  }

  async #count(): Promise<void> {
    this.#note('count what is settled');
    assert.deepEqual(await this.#ledger.settled(RUN), this.#model.settled());
  }

  async #read(): Promise<void> {
    const states = PLACEMENT_STATES.filter(() => this.#below(3) > 0);
    this.#note(`read ${states.join(' ')}`);
    const seen = (await rowsOf(this.#ledger, { states })).map((row) => asLine(row, row));
    const expected = this.#model.rows(states).map((placement) => asLine(placement.enrolment, placement));
    // Those of one row may come in any order.
    assert.deepEqual(seen.toSorted(), expected.toSorted());
    assert.deepEqual(seen.map(rowOf), expected.map(rowOf));
  }

  #note(operation: string): void {
    this.#history.push(`${this.#clock.now}: ${operation}`);
  }

  /** These fields, or none of them. */
  #maybe<T extends object>(fields: T): Partial<T> {
    return this.#below(2) === 0 ? {} : fields;
  }

  #owner(): LedgerOwner {
    return this.#oneOf([ALICE, BOB]);
  }

  #oneOf<T>(choices: readonly T[]): T {
    const choice = choices[this.#below(choices.length)];
    if (choice === undefined) throw new Error('nothing to choose from');
    return choice;
  }

  /** A whole number from 0 to below the bound, by mulberry32: the same for the same seed everywhere. */
  #below(bound: number): number {
    this.#random = (this.#random + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#random ^ (this.#random >>> 15), 1 | this.#random);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  }
}

type Shown = Pick<ModelPlacement, 'task' | 'state' | 'attempts'> & {
  readonly [F in 'dueAt' | 'receipt' | 'written']?: unknown;
};

function asLine({ row, key }: Enrolment, { task, state, attempts, dueAt, receipt, written }: Shown): string {
  return JSON.stringify([row, key, task, state, attempts, dueAt, receipt, written]);
}

function rowOf(line: string): number {
  return JSON.parse(line)[0];
}
