import { postgresLedger } from '@appointed/ledger-postgres';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { begin, done, RUN } from './run.js';
import { type TemporarySchema, temporarySchema } from './temporary-schema.js';

const HOUR_MS = 3_600_000;
const LEASE_MS = 60_000;
/** Clocks are compared over a connection that takes a moment, on a machine that may be busy. */
const ABOUT_MS = 2000;
const ONE = { id: 'one', name: 'on a machine with a wrong clock' };
const OTHER = { id: 'other', name: 'on a machine with another clock' };

let where: TemporarySchema;
beforeEach(async () => {
  where = await temporarySchema();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await where.drop();
});

it('lets a lease last as long as it should, though the clocks of two machines are hours apart', async () => {
  const [early, late] = [postgresLedger(where.at), postgresLedger(where.at)];
  await begin(late, 2);
  const { claims } = await atClock(-HOUR_MS, () => early.claim(RUN, ONE, 1, LEASE_MS));
  expect(claims[0]?.placement.dueAt).toSatisfy(near(Date.now() - HOUR_MS + LEASE_MS));
  expect(claims[0]?.placement.claimedAt).toSatisfy(near(Date.now() - HOUR_MS));
  const other = await atClock(HOUR_MS, () => late.claim(RUN, OTHER, 2, LEASE_MS));
  expect(other.claims.map(({ placement }) => placement.row)).toEqual([2]);
  expect(other.nextDueAt).toSatisfy(near(Date.now() + HOUR_MS + LEASE_MS));
  await Promise.all([early.close(), late.close()]);
});

it('lets what is put off fall due when it should, whatever the clock shows of the one who puts it off', async () => {
  const [early, right] = [postgresLedger(where.at), postgresLedger(where.at)];
  await begin(right, 1);
  await atClock(-HOUR_MS, async () => {
    const { claims } = await early.claim(RUN, ONE, 1, LEASE_MS);
    const dueAt = Date.now() + 30_000;
    await early.mark(claims.map((claim) => ({ ...done(claim), state: 'deferred', dueAt })));
    for await (const row of early.rows(RUN)) expect(row.dueAt).toSatisfy(near(dueAt));
  });
  const { claims, nextDueAt } = await right.claim(RUN, OTHER, 1, LEASE_MS);
  expect(claims).toEqual([]);
  expect(nextDueAt).toSatisfy(near(Date.now() + 30_000));
  await Promise.all([early.close(), right.close()]);
});

/** Does something on a machine whose clock is wrong by so much. */
async function atClock<T>(wrongBy: number, work: () => Promise<T>): Promise<T> {
  const now = Date.now;
  vi.spyOn(Date, 'now').mockImplementation(() => now() + wrongBy);
  try {
    return await work();
  } finally {
    vi.restoreAllMocks();
  }
}

function near(expected: number): (moment: number) => boolean {
  return (moment) => Math.abs(moment - expected) < ABOUT_MS;
}
