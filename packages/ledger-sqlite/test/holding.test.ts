import { hostname } from 'node:os';
import { join } from 'node:path';
import { sqliteLedger } from '@appointed/ledger-sqlite';
import Database from 'libsql';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startChild } from './child.js';
import { begin, RUN } from './run.js';
import { temporaryDirectory } from './temporary-ledger.js';

const ONE = { id: 'one', name: 'the first run' };
const OTHER = { id: 'other', name: 'the second run' };
const LEASE_MS = 30_000;

describe('holding a run', () => {
  let directory: ReturnType<typeof temporaryDirectory>;
  let path: string;
  beforeEach(async () => {
    directory = temporaryDirectory();
    path = join(directory.path, 'ledger.db');
    const ledger = sqliteLedger({ path });
    await begin(ledger, 1);
    await ledger.close();
  });
  afterEach(() => {
    vi.useRealTimers();
    directory.remove();
  });

  it('tells a second process who holds it, and gives it over when that one is dead', async () => {
    const child = startChild('holding-process.ts', [path, RUN, ONE.id, ONE.name]);
    await child.lines.next();
    const ledger = sqliteLedger({ path });
    const error = await ledger.hold(RUN, OTHER).catch((error: unknown) => error);
    expect(error).toMatchObject({ code: 'run_held' });
    expect(String(error)).toContain(`${ONE.name} (pid ${child.process.pid} on ${hostname()}, since 20`);
    await child.kill();
    await ledger.hold(RUN, OTHER);
    await ledger.close();
  });

  it('gives it over when the process of that number is another one', async () => {
    await pretend('pid = ?, process_started = 1', process.pid);
    const ledger = sqliteLedger({ path });
    expect((await ledger.hold(RUN, OTHER)).lost.aborted).toBe(false);
    await ledger.close();
  });

  it('gives it over from another host only when nothing was heard for the lease', async () => {
    let now = Date.now();
    await pretend('host = ?', 'elsewhere');
    const ledger = sqliteLedger({ path, clock: () => now });
    await expect(ledger.hold(RUN, OTHER)).rejects.toThrow(/on elsewhere/);
    now += LEASE_MS + 1000;
    await ledger.hold(RUN, OTHER);
    await ledger.close();
  });

  it('says that it is lost when another has taken it over, and releases nothing of the other', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    let now = Date.now();
    const [stalled, next] = [sqliteLedger({ path, clock: () => now }), sqliteLedger({ path, clock: () => now })];
    const lost = await stalled.hold(RUN, ONE);
    now += LEASE_MS;
    await next.hold(RUN, OTHER);
    expect(lost.lost.aborted).toBe(false);
    vi.advanceTimersToNextTimer();
    await expect.poll(() => lost.lost.aborted).toBe(true);
    expect(lost.lost.reason).toMatchObject({ code: 'run_held' });
    await lost.release();
    await stalled.close();
    await expect(next.hold(RUN, ONE)).rejects.toThrow(/run_held.*the second run/);
    await next.close();
  });

  it('keeps it as long as it is renewed', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    let now = Date.now();
    const ledger = sqliteLedger({ path, clock: () => now });
    const { lost } = await ledger.hold(RUN, ONE);
    for (let beat = 0; beat < 10; beat += 1) {
      now += LEASE_MS / 6;
      vi.advanceTimersByTime(LEASE_MS / 6);
      await ledger.reopen(RUN, [], 'place');
    }
    await expect(ledger.hold(RUN, OTHER)).rejects.toThrow(/run_held/);
    expect(lost.aborted).toBe(false);
    await ledger.close();
  });

  /** Lets a process hold the run of which something is different. */
  async function pretend(change: string, value: string | number): Promise<void> {
    const ledger = sqliteLedger({ path });
    await ledger.hold(RUN, ONE);
    const database = new Database(path);
    database.prepare(`UPDATE hold SET ${change}`).run([value]);
    const copied = database.prepare('SELECT * FROM hold').raw().get([]);
    await ledger.close();
    database.prepare('INSERT INTO hold VALUES (?, ?, ?, ?, ?, ?, ?, ?)').run(copied as unknown[]);
    database.close();
  }
});
