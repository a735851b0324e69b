import { join } from 'node:path';
import { LEDGER_FORMAT, type RunLedger } from '@appointed/core';
import { sqliteLedger } from '@appointed/ledger-sqlite';
import Database from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { begin, RUN } from './run.js';
import { temporaryDirectory } from './temporary-ledger.js';

const DAY_MS = 86_400_000;
const STARTED_AT = 1_799_999_999_000; // of the run that `begin` makes
const OWNER = { id: 'one', name: 'the first run' };
// More than one transaction erases.
const MANY = 5000;

let directory: ReturnType<typeof temporaryDirectory>;
let path: string;
beforeEach(() => {
  directory = temporaryDirectory();
  path = join(directory.path, 'ledger.db');
});
afterEach(() => directory.remove());

describe('forgetting a large run', () => {
  it('lets others work meanwhile', async () => {
    const ledger = sqliteLedger({ path });
    await begin(ledger, MANY);
    const order: string[] = [];
    const forgetting = ledger.forget(RUN).then(() => order.push('forgotten'));
    await open(ledger, 'other', STARTED_AT);
    order.push('opened');
    await forgetting;
    expect(order).toEqual(['opened', 'forgotten']);
    expect(countRows()).toBe(0);
    await ledger.close();
  });

  it('leaves nothing that could be found when it is interrupted, and goes on when the file is opened again', async () => {
    const ledger = sqliteLedger({ path });
    await begin(ledger, MANY);
    const forgetting = ledger.forget(RUN).catch((error: unknown) => error);
    await open(ledger, 'other', STARTED_AT);
    await ledger.close();
    expect(await forgetting).toMatchObject({ code: 'ledger_failed' });
    expect(countRows()).toBeGreaterThan(0);

    const again = sqliteLedger({ path });
    expect(await runsOf(again)).toEqual(['other']);
    await begin(again, 3);
    await expect.poll(countRows).toBe(3);
    await again.close();
  });
});

describe('the retention of runs', () => {
  it('forgets at opening what started longer ago, and no other', async () => {
    const now = STARTED_AT + 30 * DAY_MS;
    const before = sqliteLedger({ path });
    await begin(before, MANY);
    await open(before, 'as old as may be', STARTED_AT + 1);
    await before.close();

    const after = sqliteLedger({ path, clock: () => now + 1, retentionMs: 30 * DAY_MS });
    expect(await runsOf(after)).toEqual(['as old as may be']);
    await expect.poll(countRows).toBe(0);
    await after.close();
  });

  it('keeps a run that somebody holds, and forgets it at the next opening', async () => {
    const clock = (): number => STARTED_AT + 30 * DAY_MS;
    const before = sqliteLedger({ path, clock });
    await begin(before, 3);
    await before.hold(RUN, OWNER);
    const meanwhile = sqliteLedger({ path, clock, retentionMs: DAY_MS });
    expect(await runsOf(meanwhile)).toEqual([RUN]);
    await Promise.all([before.close(), meanwhile.close()]);

    const after = sqliteLedger({ path, clock, retentionMs: DAY_MS });
    expect(await runsOf(after)).toEqual([]);
    await after.close();
  });

  it('is for ever where none is given', async () => {
    const before = sqliteLedger({ path });
    await begin(before, 3);
    await before.close();
    const after = sqliteLedger({ path, clock: () => STARTED_AT + 36_500 * DAY_MS });
    expect(await runsOf(after)).toEqual([RUN]);
    await after.close();
  });

  it.each([0, -1, Number.NaN, '30d' as unknown as number])('is no %s', (retentionMs) => {
    expect(() => sqliteLedger({ path, retentionMs })).toThrow(/invalid_options.*retentionMs/);
  });
});

function countRows(): number {
  const database = new Database(path);
  const [count] = database.prepare('SELECT count(*) FROM placement').raw().get([]) as [number];
  database.close();
  return count;
}

async function open(ledger: RunLedger, runId: string, startedAt: number): Promise<void> {
  const slots = [{ name: 'default', version: '' }];
  await ledger.open({
    format: LEDGER_FORMAT,
    runId,
    startedAt,
    transport: 'fake',
    slots,
    audienceComplete: true,
  });
}

async function runsOf(ledger: RunLedger): Promise<readonly string[]> {
  const ids: string[] = [];
  for await (const { runId } of ledger.runs()) ids.push(runId);
  return ids;
}
