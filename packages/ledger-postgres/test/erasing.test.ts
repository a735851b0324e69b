import { LEDGER_FORMAT, type RunLedger } from '@appointed/core';
import { postgresLedger } from '@appointed/ledger-postgres';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { begin, RUN } from './run.js';
import { type TemporarySchema, temporarySchema } from './temporary-schema.js';

const DAY_MS = 86_400_000;
const STARTED_AT = 1_799_999_999_000; // of the run that `begin` makes
const OWNER = { id: 'one', name: 'the first run' };

let where: TemporarySchema;
beforeEach(async () => {
  where = await temporarySchema();
});
afterEach(() => where.drop());

describe('forgetting a run', () => {
  it('leaves nothing of it in any table', async () => {
    const ledger = postgresLedger(where.at);
    await begin(ledger, 3);
    await (await ledger.hold(RUN, OWNER)).release();
    await ledger.forget(RUN);
    for (const table of ['run', 'placement', 'progress']) expect(await countOf(table)).toBe(0);
    await ledger.close();
  });

  it('finds nothing of one that was forgotten in part, and erases the rest when a ledger is opened', async () => {
    const before = postgresLedger(where.at);
    await begin(before, 3);
    await before.close();
    // As when a process dies behind its first statement.
    await where.ask('UPDATE $schema.run SET run_id = NULL, manifest = NULL');
    const ledger = postgresLedger(where.at);
    expect(await runsOf(ledger)).toEqual([]);
    await begin(ledger, 2);
    await expect.poll(() => countOf('placement')).toBe(2);
    expect(await countOf('progress')).toBe(2);
    await ledger.close();
  });

  it('refuses a mark by who has claimed before, though the run was begun again', async () => {
    const ledger = postgresLedger(where.at);
    await begin(ledger, 1);
    const { claims } = await ledger.claim(RUN, OWNER, 1, 60_000);
    await ledger.forget(RUN);
    await begin(ledger, 1);
    await ledger.claim(RUN, OWNER, 1, 60_000);
    const stale = claims.map(
      ({ placement: { key }, fence }) => ({ runId: RUN, key, fence, state: 'done', attempts: 1 }) as const,
    );
    await expect(ledger.mark(stale)).rejects.toThrow(/claim_lost/);
    await ledger.close();
  });
});

describe('the retention of runs', () => {
  it('forgets at opening what started longer ago, and no other', async () => {
    const before = postgresLedger(where.at);
    await begin(before, 3);
    await open(before, 'as old as may be', STARTED_AT + 1);
    await before.close();

    const clock = (): number => STARTED_AT + 30 * DAY_MS + 1;
    const after = postgresLedger({ ...where.at, clock, retentionMs: 30 * DAY_MS });
    expect(await runsOf(after)).toEqual(['as old as may be']);
    await expect.poll(() => countOf('placement')).toBe(0);
    await after.close();
  });

  it('keeps a run that somebody holds, and forgets it at the next opening', async () => {
    const clock = (): number => STARTED_AT + 30 * DAY_MS;
    const options = { ...where.at, clock, retentionMs: DAY_MS };
    const before = postgresLedger({ ...where.at, clock });
    await begin(before, 3);
    await before.hold(RUN, OWNER);
    const meanwhile = postgresLedger(options);
    expect(await runsOf(meanwhile)).toEqual([RUN]);
    await Promise.all([before.close(), meanwhile.close()]);

    const after = postgresLedger(options);
    expect(await runsOf(after)).toEqual([]);
    await after.close();
  });
});

async function open(ledger: RunLedger, runId: string, startedAt: number): Promise<void> {
  const slots = [{ name: 'default', version: '' }];
  await ledger.open({ format: LEDGER_FORMAT, runId, startedAt, transport: 'fake', slots, audienceComplete: false });
}

async function runsOf(ledger: RunLedger): Promise<readonly string[]> {
  const ids: string[] = [];
  for await (const { runId } of ledger.runs()) ids.push(runId);
  return ids;
}

async function countOf(table: string): Promise<number> {
  return (await where.ask(`SELECT FROM $schema.${table}`)).length;
}
