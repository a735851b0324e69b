import { hostname } from 'node:os';
import { AppointedError, type LedgerOwner } from '@appointed/core';
import type { Command, LedgerFile, Query } from './ledger-file.js';
import type { StoredRun } from './run-table.js';

/** A holder that has not been seen for so long may be replaced. */
export const HOLD_LEASE_MS = 30_000;

interface Holder {
  readonly name: string;
  readonly host: string;
  readonly pid: number;
  readonly processStarted: number;
  readonly since: number;
  readonly seenAt: number;
}

/** Who holds which run. */
export class HoldTable {
  readonly #find: Query<readonly [string, string, number, number, number, number]>;
  readonly #put: Command;
  readonly #renew: Command;
  readonly #remove: Command;

  constructor(file: LedgerFile) {
    this.#find = file.query('SELECT name, host, pid, process_started, since, seen_at FROM hold WHERE run = $1');
    this.#put = file.command(
      `INSERT OR REPLACE INTO hold (run, owner, name, host, pid, process_started, since, seen_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    );
    this.#renew = file.command('UPDATE hold SET seen_at = $1 WHERE run = $2 AND owner = $3');
    this.#remove = file.command('DELETE FROM hold WHERE run = $1 AND owner = $2');
  }

  /** @throws AppointedError `run_held` */
  take(run: StoredRun, owner: LedgerOwner, now: number): void {
    this.checkFree(run, now);
    this.#put(run.id, owner.id, owner.name, hostname(), process.pid, performance.timeOrigin, now, now);
  }

  /** @throws AppointedError `run_held` */
  checkFree(run: StoredRun, now: number): void {
    const holder = this.#living(run.id, now);
    if (holder === undefined) return;
    const { name, pid, host, since } = holder;
    const who = `${name} (pid ${pid} on ${host}, since ${new Date(since).toISOString()})`;
    throw new AppointedError('run_held', `somebody works on the run ${run.manifest.runId}: ${who}`, {
      hint: 'Wait until it has ended, or stop that process.',
    });
  }

  /** @returns false when somebody else has taken over */
  renew(run: number, owner: LedgerOwner, now: number): boolean {
    return this.#renew(now, run, owner.id) === 1;
  }

  release(run: number, owner: LedgerOwner): void {
    this.#remove(run, owner.id);
  }

  isFree(run: number, now: number): boolean {
    return this.#living(run, now) === undefined;
  }

  /** The holder, unless it is dead. */
  #living(run: number, now: number): Holder | undefined {
    const found = this.#find.first(run);
    if (found === undefined) return undefined;
    const [name, host, pid, processStarted, since, seenAt] = found;
    const holder = { name, host, pid, processStarted, since, seenAt };
    return isGone(holder, now) ? undefined : holder;
  }
}

function isGone({ host, pid, processStarted, seenAt }: Holder, now: number): boolean {
  if (now - seenAt >= HOLD_LEASE_MS) return true;
  if (host !== hostname()) return false;
  // A container that is restarted has the same host name, and its process the same number.
  if (pid === process.pid) return processStarted !== performance.timeOrigin;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    // Any other error says that it is there and belongs to another account.
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
