import assert from 'node:assert/strict';
import type { FactoryBench, FactoryTest } from './factory-bench.js';
import { STARTED_AT } from './factory-bench.js';
import { atTime, inZone } from './elsewhere.js';

const HOUR_MS = 3_600_000;
/** When a run may be asked for again: the next day, in another part of the day, and in another year. */
const TIMES = [STARTED_AT, STARTED_AT + 29 * HOUR_MS, STARTED_AT + 400 * 24 * HOUR_MS];
const ZONES = ['UTC', 'America/New_York', 'Asia/Kolkata', 'Pacific/Apia'];

/** What the appointment must not depend on, and what a factory must leave alone. */
export function describeSurroundings(test: FactoryTest): void {
  test('counts from startedAt, and not from the clock', async (bench) => {
    const [first, ...others] = await inTurn(TIMES, (time) => atTime(time, () => allSaid(bench)));
    for (const other of others) assert.deepEqual(other, first);
  });

  test('depends on no time zone of the process', async (bench) => {
    const [first, ...others] = await inTurn(ZONES, (zone) => inZone(zone, () => allSaid(bench)));
    for (const other of others) assert.deepEqual(other, first);
  });

  test('leaves what it is told as it is', async ({ contextOf, factory, mailboxes }) => {
    for (const mailbox of mailboxes) {
      const told = contextOf({ ...mailbox, attributes: { ...mailbox.attributes } });
      await factory.getAppointment(told);
      const { signal } = told;
      assert.deepEqual({ ...told }, { ...contextOf({ ...mailbox, attributes: { ...mailbox.attributes } }, signal) });
    }
  });
}

/** What a factory says in these surroundings: one that is made there, as in another process. */
async function allSaid({ ask, mailboxes, makeAnother, said }: FactoryBench): Promise<readonly unknown[]> {
  const factory = await makeAnother();
  return inTurn(mailboxes, async (mailbox) => said(await ask(mailbox, factory), mailbox));
}

async function inTurn<T, R>(values: readonly T[], work: (value: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  for (const value of values) results.push(await work(value));
  return results;
}
