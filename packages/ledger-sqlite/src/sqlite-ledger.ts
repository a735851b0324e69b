import { resolve } from 'node:path';
import {
  AppointedError,
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
} from '@appointed/core';
import { CommitQueue } from './commit-queue.js';
import { HoldTable } from './hold-table.js';
import { LedgerFile } from './ledger-file.js';
import { FIRST_PAGE, type Page, type PageEnd, PlacementTable } from './placement-table.js';
import { RunHold } from './run-hold.js';
import { RunTable } from './run-table.js';
import { WorkerTable } from './worker-table.js';

/** How a ledger in a file is opened. */
export interface SqliteLedgerOptions {
  /** The file; made, with its directory, where there is none. It belongs on a local disk. */
  readonly path: string;
  /** Tells the time, in milliseconds since the epoch. By default `Date.now`. */
  readonly clock?: () => number;
}

/**
 * The durable ledger of one machine: a SQLite file. Several processes may have it open, each with its own runs.
 * @throws AppointedError `ledger_failed`, `ledger_too_new`
 */
export function sqliteLedger({ path, clock = Date.now }: SqliteLedgerOptions): RunLedger {
  if (typeof path !== 'string' || path === '') {
    throw new AppointedError('invalid_options', 'path is not the name of a file', { field: 'path' });
  }
  return new SqliteLedger(new LedgerFile(resolve(path)), clock);
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
  readonly #held = new Set<RunHold>();
  #closing: Promise<void> | undefined;
  #closed = false;

  constructor(file: LedgerFile, clock: () => number) {
    this.#file = file;
    this.#clock = clock;
    this.#commits = new CommitQueue(file);
    this.#runs = new RunTable(file);
    this.#holds = new HoldTable(file);
    this.#workers = new WorkerTable(file);
    this.#placements = new PlacementTable(file);
  }

  open(manifest: RunManifest): Promise<{ readonly manifest: RunManifest; readonly isNew: boolean }> {
    return this.#commit(() => this.#runs.open(manifest));
  }

  amend(runId: string, change: ManifestChange): Promise<void> {
    return this.#commit(() => this.#runs.amend(runId, change));
  }

  async hold(runId: string, owner: LedgerOwner): Promise<Hold> {
    const run = await this.#commit(() => {
      const run = this.#runs.get(runId);
      this.#holds.take(run, owner, this.#clock());
      return run.id;
    });
    const hold = new RunHold({
      renew: () => this.#commit(() => this.#holds.renew(run, owner, this.#clock())),
      release: async () => {
        this.#held.delete(hold);
        await this.#commit(() => this.#holds.release(run, owner));
      },
    });
    this.#held.add(hold);
    return hold;
  }

  enrol(runId: string, enrolments: readonly Enrolment[]): Promise<readonly PlacementState[]> {
    return this.#commit(() => {
      const { id } = this.#runs.get(runId);
      const now = this.#clock();
      return enrolments.map((enrolment) => this.#placements.enrol(id, enrolment, now));
    });
  }

  claim(runId: string, owner: LedgerOwner, limit: number, leaseMs: number): Promise<Claims> {
    return this.#commit(() => {
      const { id, manifest } = this.#runs.get(runId);
      const now = this.#clock();
      const worker = this.#workers.number(id, owner);
      const due = this.#placements.due(id, now, limit, manifest.slots.length > 1);
      const claims = due.map((record) => this.#placements.claim(record, worker, now, leaseMs));
      const nextDueAt = this.#placements.nextDueAt(id, worker, now);
      return nextDueAt === undefined ? { claims } : { claims, nextDueAt };
    });
  }

  mark(marks: readonly Mark[]): Promise<void> {
    return this.#commit(() => {
      const lost = marks.filter((mark) => {
        const run = this.#runs.number(mark.runId);
        return run === undefined || !this.#placements.mark(run, mark);
      });
      if (lost.length > 0) throw claimLost(lost);
    });
  }

  reopen(runId: string, states: readonly PlacementState[]): Promise<number> {
    return this.#commit(() => this.#placements.reopen(this.#runs.get(runId).id, states, this.#clock()));
  }

  async *rows(runId: string, { states = PLACEMENT_STATES }: RowFilter = {}): AsyncGenerator<PlacementRow> {
    for (let after: PageEnd | undefined = FIRST_PAGE; after !== undefined;) {
      const page: Page = this.#page(runId, states, after);
      yield* page.rows;
      after = page.end;
    }
  }

  async *runs(): AsyncGenerator<RunManifest> {
    this.#checkOpen();
    yield* this.#file.read(() => this.#runs.all());
  }

  async forget(runId: string): Promise<void> {
    await this.#commit(() => {
      const run = this.#runs.find(runId);
      if (run === undefined) return;
      this.#holds.checkFree(run, this.#clock());
      this.#runs.erase(run);
    });
    // What is overwritten in the file would still stand in the log.
    this.#file.checkpoint();
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    // Holds that cannot be given up run out, and a log that cannot be emptied is read when the file is opened again.
    await Promise.allSettled([...this.#held].map((hold) => hold.release()));
    this.#commits.drain();
    this.#closed = true;
    try {
      this.#file.checkpoint();
    } finally {
      this.#file.close();
    }
  }

  #page(runId: string, states: readonly PlacementState[], after: PageEnd): Page {
    this.#checkOpen();
    return this.#file.read(() => this.#placements.page(this.#runs.get(runId).id, states, after, PAGE_SIZE));
  }

  #commit<T>(work: () => T): Promise<T> {
    return this.#closed ? Promise.reject(this.#closedError()) : this.#commits.add(work);
  }

  #checkOpen(): void {
    if (this.#closed) throw this.#closedError();
  }

  #closedError(): AppointedError {
    return new AppointedError('ledger_failed', `the ledger ${this.#file.path} is closed`, {
      hint: 'Close it when all runs have ended.',
    });
  }
}

function claimLost([first, ...others]: readonly Mark[]): AppointedError {
  const more = others.length === 0 ? '' : ` and ${others.length} others`;
  return new AppointedError('claim_lost', `the placement ${first?.key}${more} was claimed by somebody else meanwhile`);
}
