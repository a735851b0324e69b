import { AppointedError } from '../error/appointed-error.js';
import { MemoryRun } from './memory-run.js';
import type { Enrolment, PlacementRow, PlacementState, Task } from './placement-row.js';
import type { Assignees, Claims, Hold, LedgerOwner, Mark, RowFilter, RunLedger, SettledCounts } from './run-ledger.js';
import { LEDGER_FORMAT, type ManifestChange, type RunManifest } from './run-manifest.js';

/** How a ledger in memory is made. */
export interface MemoryLedgerOptions {
  /** Tells the time, in milliseconds since the epoch. By default `Date.now`. */
  readonly clock?: () => number;
}

/**
 * A ledger that lives as long as its process: for tests, and for runs that need not be resumed. It keeps every placement,
 * at about 1,200 bytes each.
 */
export function memoryLedger({ clock = Date.now }: MemoryLedgerOptions = {}): RunLedger {
  return new MemoryLedger(clock, true);
}

/**
 * With `keepSettled: false` it forgets placements once they are settled, unless they are held back, and needs memory for
 * the others only.
 */
export class MemoryLedger implements RunLedger {
  readonly durable = false;
  readonly #clock: () => number;
  readonly #keepSettled: boolean;
  readonly #runs = new Map<string, MemoryRun>();
  #closed = false;

  constructor(clock: () => number, keepSettled: boolean) {
    this.#clock = clock;
    this.#keepSettled = keepSettled;
  }

  async open(manifest: RunManifest): Promise<{ readonly manifest: RunManifest; readonly isNew: boolean }> {
    this.#checkOpen();
    if (manifest.format > LEDGER_FORMAT) throw tooNew(manifest);
    const known = this.#runs.get(manifest.runId);
    if (known !== undefined) return { manifest: known.manifest, isNew: false };
    this.#runs.set(manifest.runId, new MemoryRun(manifest, this.#keepSettled));
    return { manifest, isNew: true };
  }

  async amend(runId: string, change: ManifestChange): Promise<void> {
    this.#run(runId).amend(change);
  }

  async hold(runId: string, owner: LedgerOwner): Promise<Hold> {
    const run = this.#run(runId);
    if (run.holder !== undefined) throw held(runId, run.holder);
    run.holder = owner;
    return {
      // Nobody can take a run over from a process that is alive, and nothing outlives the process.
      lost: new AbortController().signal,
      release: async () => {
        if (run.holder === owner) run.holder = undefined;
      },
    };
  }

  async enrol(runId: string, enrolments: readonly Enrolment[]): Promise<readonly PlacementState[]> {
    const run = this.#run(runId);
    const now = this.#clock();
    return enrolments.map((enrolment) => run.enrol(enrolment, now));
  }

  async claim(runId: string, owner: LedgerOwner, limit: number, leaseMs: number): Promise<Claims> {
    return this.#run(runId).claim(owner, limit, leaseMs, this.#clock());
  }

  async mark(marks: readonly Mark[]): Promise<void> {
    this.#checkOpen();
    let lost: Mark[] | undefined;
    for (const mark of marks) {
      if (this.#runs.get(mark.runId)?.mark(mark) !== true) (lost ??= []).push(mark);
    }
    if (lost !== undefined) throw claimLost(lost);
  }

  async reopen(runId: string, states: readonly PlacementState[], task: Task): Promise<number> {
    return this.#run(runId).reopen(states, task, this.#clock());
  }

  async assign(runId: string, task: Task, assignees: Assignees = {}): Promise<number> {
    return this.#run(runId).assign(task, assignees, this.#clock());
  }

  async settled(runId: string): Promise<SettledCounts> {
    return this.#run(runId).settled();
  }

  async *rows(runId: string, filter: RowFilter = {}): AsyncGenerator<PlacementRow> {
    yield* this.#run(runId).rows(filter);
  }

  async *runs(): AsyncGenerator<RunManifest> {
    this.#checkOpen();
    const manifests = [...this.#runs.values()].map(({ manifest }) => manifest);
    yield* manifests.sort((one, other) => other.startedAt - one.startedAt);
  }

  async forget(runId: string): Promise<void> {
    this.#checkOpen();
    const holder = this.#runs.get(runId)?.holder;
    if (holder !== undefined) throw held(runId, holder);
    this.#runs.delete(runId);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#runs.clear();
  }

  #checkOpen(): void {
    if (!this.#closed) return;
    throw new AppointedError('ledger_failed', 'the ledger is closed', { hint: 'Close it when all runs have ended.' });
  }

  #run(runId: string): MemoryRun {
    this.#checkOpen();
    const run = this.#runs.get(runId);
    if (run !== undefined) return run;
    throw new AppointedError('run_unknown', `the ledger has no run ${runId}`);
  }
}

function tooNew({ runId, format }: RunManifest): AppointedError {
  return new AppointedError(
    'ledger_too_new',
    `the run ${runId} has format ${format}, this version knows ${LEDGER_FORMAT}`,
    {
      hint: 'Use the version that wrote it, or a newer one.',
    },
  );
}

function held(runId: string, { name }: LedgerOwner): AppointedError {
  return new AppointedError('run_held', `somebody works on the run ${runId}: ${name}`, {
    hint: 'Wait until it has ended, or stop it.',
  });
}

function claimLost([first, ...others]: readonly Mark[]): AppointedError {
  const more = others.length === 0 ? '' : ` and ${others.length} others`;
  return new AppointedError('claim_lost', `the placement ${first?.key}${more} was claimed by somebody else meanwhile`);
}
