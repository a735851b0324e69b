import {
  AppointedError,
  type Assignees,
  type Claims,
  type Enrolment,
  type Hold,
  type LedgerOwner,
  type ManifestChange,
  type Mark,
  PLACEMENT_STATES,
  type PlacementRow,
  type PlacementState,
  type RowFilter,
  type RunLedger,
  type RunManifest,
  type SettledCounts,
  type Task,
} from '@appointed/core';
import { ClaimTable } from './claim-table.js';
import { EnrolmentTable } from './enrolment-table.js';
import { LedgerClock } from './ledger-clock.js';
import { LedgerDatabase } from './ledger-database.js';
import { MarkQueue } from './mark-queue.js';
import type { PostgresOptions } from './open-pool.js';
import { PlannerStatistics } from './planner-statistics.js';
import { RowReader } from './row-reader.js';
import { RunEraser } from './run-eraser.js';
import { RunHold } from './run-hold.js';
import { RunTable } from './run-table.js';
import { checkTables } from './tables-format.js';
import { TaskTable } from './task-table.js';

/** How a ledger in a database is opened. */
export interface PostgresLedgerOptions extends PostgresOptions {
  /**
   * Tells the time, in milliseconds since the epoch. By default the database does, whatever the clocks of the machines
   * show; moments that callers give and get are by their own.
   */
  readonly clock?: () => number;
  /**
   * How long runs are kept, in milliseconds from their first start. Those that are older, and that nobody holds, are
   * forgotten when the ledger is first used: none is found any more, and what they have stored is erased while it is used;
   * what is left when it is closed is erased when it is used again. By default they are kept until `forget`.
   */
  readonly retentionMs?: number;
}

/**
 * The durable ledger of many machines: tables in a PostgreSQL database, which `migrate` makes. Any number of processes may
 * use it at once. It connects when it is first used.
 * @throws AppointedError `invalid_options`; what is wrong with the database, its methods say: `ledger_failed`,
 * `ledger_too_new`
 */
export function postgresLedger({ clock, retentionMs = Infinity, ...where }: PostgresLedgerOptions): RunLedger {
  if (typeof retentionMs !== 'number' || !(retentionMs > 0)) {
    throw new AppointedError('invalid_options', 'retentionMs is not a positive number', { field: 'retentionMs' });
  }
  return new PostgresLedger(new LedgerDatabase(where), new LedgerClock(clock), retentionMs);
}

class PostgresLedger implements RunLedger {
  readonly durable = true;
  readonly #database: LedgerDatabase;
  readonly #clock: LedgerClock;
  readonly #retentionMs: number;
  readonly #runs: RunTable;
  readonly #enrolments: EnrolmentTable;
  readonly #claims: ClaimTable;
  readonly #marks: MarkQueue;
  readonly #tasks: TaskTable;
  readonly #rows: RowReader;
  readonly #eraser: RunEraser;
  readonly #statistics: PlannerStatistics;
  #holds: readonly RunHold[] = [];
  #ready: Promise<void> | undefined;

  constructor(database: LedgerDatabase, clock: LedgerClock, retentionMs: number) {
    this.#database = database;
    this.#clock = clock;
    this.#retentionMs = retentionMs;
    this.#runs = new RunTable(database);
    this.#enrolments = new EnrolmentTable(database, clock);
    this.#claims = new ClaimTable(database, clock);
    this.#marks = new MarkQueue(database, clock);
    this.#tasks = new TaskTable(database, clock);
    this.#rows = new RowReader(database, clock);
    this.#eraser = new RunEraser(database, clock);
    this.#statistics = new PlannerStatistics(database);
  }

  async open(manifest: RunManifest): Promise<{ readonly manifest: RunManifest; readonly isNew: boolean }> {
    await this.#prepared();
    return this.#runs.open(manifest);
  }

  async amend(runId: string, change: ManifestChange): Promise<void> {
    await this.#prepared();
    await this.#runs.amend(runId, change);
    // The list has ended: what is planned from now on is planned for all of it.
    if (change.audienceComplete === true) await this.#statistics.renew();
  }

  async hold(runId: string, owner: LedgerOwner): Promise<Hold> {
    await this.#prepared();
    const hold = await RunHold.take(this.#database, await this.#runs.get(runId), owner);
    this.#holds = [...this.#holds.filter(({ isOver }) => !isOver), hold];
    return hold;
  }

  async enrol(runId: string, enrolments: readonly Enrolment[]): Promise<readonly PlacementState[]> {
    await this.#prepared();
    const { states, added } = await this.#enrolments.enrol(runId, enrolments);
    await this.#statistics.added(added);
    return states;
  }

  async claim(runId: string, owner: LedgerOwner, limit: number, leaseMs: number): Promise<Claims> {
    await this.#prepared();
    return this.#claims.claim(runId, owner, limit, leaseMs);
  }

  async mark(marks: readonly Mark[]): Promise<void> {
    await this.#prepared();
    await this.#marks.add(marks);
  }

  async reopen(runId: string, states: readonly PlacementState[], task: Task): Promise<number> {
    await this.#prepared();
    const { id } = await this.#runs.get(runId);
    return this.#tasks.reopen(id, states, task);
  }

  async assign(runId: string, task: Task, assignees: Assignees = {}): Promise<number> {
    await this.#prepared();
    const { id } = await this.#runs.get(runId);
    return this.#tasks.assign(id, task, assignees);
  }

  async settled(runId: string): Promise<SettledCounts> {
    await this.#prepared();
    const { id } = await this.#runs.get(runId);
    return this.#tasks.settled(id);
  }

  async *rows(runId: string, { states = PLACEMENT_STATES }: RowFilter = {}): AsyncGenerator<PlacementRow> {
    await this.#prepared();
    const { id } = await this.#runs.get(runId);
    yield* this.#rows.read(id, states);
  }

  async *runs(): AsyncGenerator<RunManifest> {
    await this.#prepared();
    yield* await this.#runs.all();
  }

  async forget(runId: string): Promise<void> {
    await this.#prepared();
    const run = await this.#runs.find(runId);
    if (run === undefined) return;
    await this.#eraser.condemn(run);
    await this.#eraser.erase(run.id);
  }

  async close(): Promise<void> {
    // Holds that cannot be given up end with their connections.
    await Promise.all(this.#holds.map((hold) => hold.release()));
    // Once this has had its turn, all marks that were given before are made.
    if (this.#ready !== undefined) await this.#marks.add([]).catch(() => undefined);
    await this.#database.close();
  }

  /** Once; again, where it has failed. */
  #prepared(): Promise<void> {
    this.#ready ??= this.#prepare().catch((error: unknown) => {
      this.#ready = undefined;
      throw error;
    });
    return this.#ready;
  }

  async #prepare(): Promise<void> {
    await checkTables(this.#database, this.#clock);
    if (Number.isFinite(this.#retentionMs)) await this.#eraser.condemnOlderThan(this.#retentionMs);
    // Whatever keeps it from being erased now does no harm: it is tried again when a ledger is opened again.
    this.#eraser.eraseAll().catch(() => undefined);
  }
}
