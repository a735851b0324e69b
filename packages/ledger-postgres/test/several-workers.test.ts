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

it('waits while another takes the slots of a row, and gets no part of that row', async () => {
  const where = await temporarySchema();
  const ledger = postgresLedger(where.at);
  await beginWithSlots(ledger);
  const other = await where.pool.connect();
  const ask = (text: string) => other.query(text.replaceAll('$schema', `"${where.schema}"`));
  // What a claim does, halted when it has got one slot of three.
  await ask('BEGIN; SELECT FROM $schema.run FOR NO KEY UPDATE');
  await ask('SELECT FROM $schema.progress WHERE list_row = 1 ORDER BY placement LIMIT 1 FOR UPDATE');
  const claiming = ledger.claim(RUN, { id: 'second', name: 'second' }, 1, 60_000);
  await expect
    .poll(() =>
      where.ask(
        'SELECT FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE NOT granted AND query LIKE $1',
        `%${where.schema}%`,
      ),
    )
    .toHaveLength(1);
  await ask('UPDATE $schema.progress SET due_at = due_at + 60000 WHERE list_row = 1; COMMIT');
  other.release();
  expect((await claiming).claims.map(({ placement }) => placement.row)).toEqual([2, 2, 2]);
  await ledger.close();
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
