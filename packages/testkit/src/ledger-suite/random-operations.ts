import assert from 'node:assert/strict';
import {
  AppointedError,
  type Claim,
  type LedgerOwner,
  type Mark,
  PLACEMENT_STATES,
  type PlacementState,
  type RunLedger,
} from '@appointed/core';
import { ALICE, BOB, enrolment, type LedgerBench, type LedgerTest, manifest, rowsOf, RUN } from './ledger-bench.js';
import { LedgerModel, type ModelPlacement } from './ledger-model.js';

const SEEDS = 25;
const OPERATIONS = 80;
const ROWS = 12;
const SLOTS = ['lesson', 'debriefing'];
const OUTCOMES = ['waiting', 'deferred', 'unknown', 'rejected', 'done'] as const;

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
      () => this.#read(),
    ];
    await this.#oneOf(operations)();
  }

  async #enrol(): Promise<void> {
    const given = Array.from({ length: this.#below(5) }, () => enrolment(1 + this.#below(ROWS), this.#oneOf(SLOTS)));
    this.#note(`enrol ${given.map(({ row, slot }) => `${row}/${slot}`).join(' ')}`);
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
    assert.equal(claim.placement.attempts, expected.attempts);
    assert.equal(claim.placement.dueAt, expected.dueAt);
    assert.ok(claim.fence > expected.fence, 'the fence rises');
    expected.fence = claim.fence;
  }

  async #mark(): Promise<void> {
    const marks = Array.from({ length: Math.min(this.#claims.length, this.#below(4)) }, () => this.#newMark());
    this.#note(`mark ${marks.map(({ key, fence, state, dueAt }) => `${key} ${fence} ${state} ${dueAt}`).join(', ')}`);
    const code = await this.#ledger.mark(marks).then(
      () => undefined,
      (error: unknown) => (AppointedError.is(error) ? error.code : String(error)),
    );
    const made = marks.map((mark) => this.#model.mark(mark));
    assert.equal(code, made.includes(false) ? 'claim_lost' : undefined);
  }

  #newMark(): Mark {
    const { placement, fence } = this.#oneOf(this.#claims);
    const dueAt = this.#below(2) === 0 ? {} : { dueAt: this.#clock.now + this.#below(60) };
    const mark = { runId: RUN, key: placement.key, fence, state: this.#oneOf(OUTCOMES), attempts: this.#below(9) };
    return { ...mark, ...dueAt };
  }

  async #wait(): Promise<void> {
    this.#clock.now += this.#below(40);
    this.#note(`wait until ${this.#clock.now}`);
  }

  async #reopen(): Promise<void> {
    const states = [this.#oneOf(PLACEMENT_STATES), this.#oneOf(PLACEMENT_STATES)];
    this.#note(`reopen ${states.join(' ')}`);
    assert.equal(await this.#ledger.reopen(RUN, states), this.#model.reopen(states, this.#clock.now));
  }

  async #read(): Promise<void> {
    const states = PLACEMENT_STATES.filter(() => this.#below(3) > 0);
    this.#note(`read ${states.join(' ')}`);
    const seen = (await rowsOf(this.#ledger, { states })).map(({ key, row, state, attempts, dueAt }) =>
      [row, key, state, attempts, dueAt].join(' '),
    );
    const expected = this.#model
      .rows(states)
      .map(({ enrolment: { row, key }, state, attempts, dueAt }) => [row, key, state, attempts, dueAt].join(' '));
    // Those of one row may come in any order.
    assert.deepEqual(seen.toSorted(), expected.toSorted());
    assert.deepEqual(
      seen.map((line) => line.split(' ')[0]),
      expected.map((line) => line.split(' ')[0]),
    );
  }

  #note(operation: string): void {
    this.#history.push(`${this.#clock.now}: ${operation}`);
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
