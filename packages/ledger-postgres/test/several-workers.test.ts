import { LEDGER_FORMAT, parseMailbox, placementKey, type RunLedger } from '@appointed/core';
import { postgresLedger } from '@appointed/ledger-postgres';
import { expect, it } from 'vitest';
import { startChild } from './child.js';
import { begin, done, RUN } from './run.js';
import { temporarySchema } from './temporary-schema.js';

const ROWS = 60;
const SLOTS = ['lesson', 'debriefing', 'party'];

it('gives all that is due of one row to one of several workers that claim at once', async () => {
  const where = await temporarySchema();
  const ledgers = [1, 2, 3, 4].map(() => postgresLedger(where.at));
  const [first] = ledgers;
  await beginWithSlots(first!);
  const worked = await Promise.all(ledgers.map((ledger, n) => workOn(ledger, `worker ${n}`)));
  const workers = new Map<number, Set<number>>();
  for (const [worker, rows] of worked.entries()) {
    for (const row of rows) workers.set(row, (workers.get(row) ?? new Set()).add(worker));
  }
  expect(worked.flat()).toHaveLength(ROWS * SLOTS.length);
  expect([...workers.values()].every(({ size }) => size === 1)).toBe(true);
  await Promise.all(ledgers.map((ledger) => ledger.close()));
  await where.drop();
});

it('keeps every mark that was acknowledged to a worker that is killed, and gives its hold to the next', async () => {
  const where = await temporarySchema();
  const ledger = postgresLedger(where.at);
  await begin(ledger, 3000);
  const child = startChild('marking-process.ts', where, []);
  const acknowledged = [Number((await child.lines.next()).value)];
  await expect(ledger.hold(RUN, { id: 'too early', name: '' })).rejects.toThrow(
    new RegExp(`run_held.*the marking process \\(pid ${child.process.pid} on .*, since 20`),
  );
  await child.kill();
  for await (const line of child.lines) acknowledged.push(Number(line));

  const stored = new Set<number>();
  for await (const { row, receipt } of ledger.rows(RUN, { states: ['done'] })) {
    expect(receipt?.itemId).toBe(`item-${row}`);
    stored.add(row);
  }
  expect(acknowledged.filter((row) => !stored.has(row))).toEqual([]);
  await ledger.hold(RUN, { id: 'next', name: 'the next process' });
  await ledger.close();
  await where.drop();
});

async function beginWithSlots(ledger: RunLedger): Promise<void> {
  const slots = SLOTS.map((name) => ({ name, version: '' }));
  const startedAt = 1_799_999_999_000;
  await ledger.open({
    format: LEDGER_FORMAT,
    runId: RUN,
    startedAt,
    transport: 'fake',
    slots,
    audienceComplete: false,
  });
  const enrolments = Array.from({ length: ROWS }, (_, n) => parseMailbox(`mailbox-${n + 1}@contoso.com`)).flatMap(
    (mailbox, n) => SLOTS.map((slot) => ({ key: placementKey(RUN, slot, mailbox), row: n + 1, mailbox, slot })),
  );
  await ledger.enrol(RUN, enrolments);
}

/** @returns the row of each placement that was claimed */
async function workOn(ledger: RunLedger, id: string): Promise<readonly number[]> {
  const rows: number[] = [];
  for (;;) {
    const { claims } = await ledger.claim(RUN, { id, name: id }, 4, 60_000);
    if (claims.length === 0) return rows;
    rows.push(...claims.map(({ placement }) => placement.row));
    await ledger.mark(claims.map(done));
  }
}
