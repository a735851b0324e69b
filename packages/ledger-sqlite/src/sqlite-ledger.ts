import { resolve } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
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
import { CommitQueue } from './commit-queue.js';
import { HoldTable } from './hold-table.js';
import { LedgerFile } from './ledger-file.js';
import { FIRST_PAGE, type Page, type PageEnd, PlacementTable } from './placement-table.js';
import { RunEraser } from './run-eraser.js';
import { RunHold } from './run-hold.js';
import { RunTable } from './run-table.js';
import { type Stretch, StretchTable } from './stretch-table.js';
import { TaskTable } from './task-table.js';
import { WorkerTable } from './worker-table.js';

/** How a ledger in a file is opened. */
export interface SqliteLedgerOptions {
  /** The file; made, with its directory, where there is none. It belongs on a local disk. */
  readonly path: string;
  /** Tells the time, in milliseconds since the epoch. By default `Date.now`. */
  readonly clock?: () => number;
  /**
   * How long runs are kept, in milliseconds from their first start. Those that are older, and that nobody holds, are
   * forgotten when the ledger is opened: none is found any more once this function has returned, and what they have
   * stored is erased while the ledger is used; what is left when it is closed is erased when it is opened again. By
   * default they are kept until `forget`.
   */
  readonly retentionMs?: number;
}

/**
 * The durable ledger of one machine: a SQLite file. Several processes may have it open, each with its own runs.
 * @throws AppointedError `ledger_failed`, `ledger_too_new`, `invalid_options`
 */
export function sqliteLedger({ path, clock = Date.now, retentionMs = Infinity }: SqliteLedgerOptions): RunLedger {
  if (typeof path !== 'string' || path === '') {
    throw new AppointedError('invalid_options', 'path is not the name of a file', { field: 'path' });
  }
  if (typeof retentionMs !== 'number' || !(retentionMs > 0)) {
    throw new AppointedError('invalid_options', 'retentionMs is not a positive number', { field: 'retentionMs' });
  }
  const file = new LedgerFile(resolve(path));
  try {
    const ledger = new SqliteLedger(file, clock);
    ledger.forgetStartedBefore(clock() - retentionMs);
    return ledger;
  } catch (error) {
    file.close();
    throw error;
  }
}

/** How many rows are read at once. */
const PAGE_SIZE = 500;

class SqliteLedger implements RunLedger {
  readonly durable = true;
  readonly #file: LedgerFile;
  readonly #clock: () => number;
  readonly #commits: CommitQueue;
  readonly #runs: RunTable;
  readonly #holds: HoldTable;
  readonly #workers: WorkerTable;
  readonly #placements: PlacementTable;
  readonly #tasks: TaskTable;
  readonly #stretches: StretchTable;
  readonly #eraser: RunEraser;
  readonly #held = new Set<RunHold>();
  #closing: Promise<void> | undefined;

  constructor(file: LedgerFile, clock: () => number) {
    this.#file = file;
    this.#clock = clock;
    this.#commits = new CommitQueue(file);
    this.#runs = new RunTable(file);
    this.#holds = new HoldTable(file);
    this.#workers = new WorkerTable(file);
    this.#placements = new PlacementTable(file);
    this.#tasks = new TaskTable(file);
    this.#stretches = new StretchTable(file);
    this.#eraser = new RunEraser(file, this.#commits, this.#runs, this.#stretches);
  }

  /** Forgets the runs that nobody holds, and erases them in the background. */
  forgetStartedBefore(moment: number): void {
    if (this.#file.read(() => this.#runs.startedBefore(moment)).length > 0) {
      this.#file.write(() => {
        const old = this.#runs.startedBefore(moment).filter((run) => this.#holds.isFree(run, this.#clock()));
        for (const run of old) this.#runs.condemn(run);
      });
    }
    // Whatever keeps it from being erased now does no harm: it is tried again when the file is opened again.
    this.#eraser.eraseAll().catch(() => undefined);
  }

  open(manifest: RunManifest): Promise<{ readonly manifest: RunManifest; readonly isNew: boolean }> {
    return this.#commits.add(() => this.#runs.open(manifest));
  }

  amend(runId: string, change: ManifestChange): Promise<void> {
    return this.#commits.add(() => this.#runs.amend(runId, change));
  }

  async hold(runId: string, owner: LedgerOwner): Promise<Hold> {
    const run = await this.#commits.add(() => {
      const run = this.#runs.get(runId);
      this.#holds.take(run, owner, this.#clock());
      return run.id;
    });
    const hold = new RunHold({
      renew: () => this.#commits.add(() => this.#holds.renew(run, owner, this.#clock())),
      release: async () => {
        this.#held.delete(hold);
        await this.#commits.add(() => this.#holds.release(run, owner));
      },
    });
    this.#held.add(hold);
    return hold;
  }

  enrol(runId: string, enrolments: readonly Enrolment[]): Promise<readonly PlacementState[]> {
    return this.#commits.add(() => {
      const { id } = this.#runs.get(runId);
      const now = this.#clock();
      return enrolments.map((enrolment) => this.#placements.enrol(id, enrolment, now));
    });
  }

  claim(runId: string, owner: LedgerOwner, limit: number, leaseMs: number): Promise<Claims> {
    return this.#commits.add(() => {
      const { id, manifest } = this.#runs.get(runId);
      const now = this.#clock();
      const worker = this.#workers.number(id, owner);
      const due = this.#placements.due(id, now, limit, manifest.slots.length > 1);
      const claims = this.#placements.claim(due, worker, now, leaseMs);
      const nextDueAt = this.#placements.nextDueAt(id, worker, now);
      return nextDueAt === undefined ? { claims } : { claims, nextDueAt };
    });
  }

  mark(marks: readonly Mark[]): Promise<void> {
    return this.#commits.add(() => {
      const lost = marks.filter((mark) => {
        const run = this.#runs.number(mark.runId);
        return run === undefined || !this.#placements.mark(run, mark);
      });
      if (lost.length > 0) throw claimLost(lost);
    });
  }

  reopen(runId: string, states: readonly PlacementState[], task: Task): Promise<number> {
    const now = this.#clock();
    return this.#countInStretches(runId, (run, stretch) => this.#tasks.reopen(run, stretch, states, task, now));
  }

  assign(runId: string, task: Task, { slots, keys }: Assignees = {}): Promise<number> {
    const now = this.#clock();
    if (keys === undefined) {
      return this.#countInStretches(runId, (run, stretch) => this.#tasks.assign(run, stretch, task, slots, now));
    }
    return this.#commits.add(() => {
      const { id } = this.#runs.get(runId);
      let assigned = 0;
      for (const key of new Set(keys)) assigned += this.#tasks.assignKey(id, key, task, slots, now);
      return assigned;
    });
  }

  async settled(runId: string): Promise<SettledCounts> {
    const counts = { waiting: 0, deferred: 0, unknown: 0, rejected: 0, done: 0, removed: 0 };
    await this.#inStretches(runId, (run, stretch) => {
      for (const [state, count] of this.#tasks.settled(run, stretch)) if (state !== 'claimed') counts[state] += count;
    });
    return counts;
  }

  async *rows(runId: string, { states = PLACEMENT_STATES }: RowFilter = {}): AsyncGenerator<PlacementRow> {
    for (let after: PageEnd | undefined = FIRST_PAGE; after !== undefined;) {
      const page: Page = this.#page(runId, states, after);
      yield* page.rows;
      after = page.end;
      // Who only reads would let nothing else be done.
      await nextTurn();
    }
  }

  async *runs(): AsyncGenerator<RunManifest> {
    yield* this.#file.read(() => this.#runs.all());
  }

  async forget(runId: string): Promise<void> {
    const condemned = await this.#commits.add(() => {
      const run = this.#runs.find(runId);
      if (run === undefined) return undefined;
      this.#holds.checkFree(run, this.#clock());
      this.#runs.condemn(run.id);
      return run.id;
    });
    if (condemned !== undefined) await this.#eraser.erase(condemned);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    // Holds that cannot be given up run out.
    await Promise.allSettled([...this.#held].map((hold) => hold.release()));
    // Once this has had its turn, all that was asked for before is done.
    await this.#commits.add(() => undefined).catch(() => undefined);
    try {
      this.#file.checkpoint();
    } catch {
      // A log that cannot be emptied, on a full disk, is read when the file is opened again: nothing is lost.
    }
    this.#file.close();
  }

  #page(runId: string, states: readonly PlacementState[], after: PageEnd): Page {
    return this.#file.read(() => this.#placements.page(this.#runs.get(runId).id, states, after, PAGE_SIZE));
  }

  async #countInStretches(runId: string, work: (run: number, stretch: Stretch) => number): Promise<number> {
    let count = 0;
    await this.#inStretches(runId, (run, stretch) => {
      count += work(run, stretch);
    });
    return count;
  }

  /**
   * Goes through a run's placements in many small transactions: one for a million would let nothing else be done for
   * many seconds. Between them others may go on, and the process may die, so the work must bear to be repeated.
   */
  async #inStretches(runId: string, work: (run: number, stretch: Stretch) => void): Promise<void> {
    for (let stretch: Stretch | undefined; stretch?.isLast !== true;) {
      const before = stretch;
      stretch = await this.#commits.add(() => {
        const { id } = this.#runs.get(runId);
        const next = this.#stretches.next(id, before);
        work(id, next);
        return next;
      });
    }
  }
}

function claimLost([first, ...others]: readonly Mark[]): AppointedError {
  const more = others.length === 0 ? '' : ` and ${others.length} others`;
  return new AppointedError('claim_lost', `the placement ${first?.key}${more} was claimed by somebody else meanwhile`);
}
