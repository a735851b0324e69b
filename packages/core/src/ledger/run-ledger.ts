import type { Enrolment, PlacementRow, PlacementState, Task } from './placement-row.js';
import type { ManifestChange, RunManifest } from './run-manifest.js';

/** Who works on a run. */
export interface LedgerOwner {
  /** Unique to this process and call. */
  readonly id: string;
  /** For people, in errors: `pid 4711 on host ex-tools since 2027-01-15T09:00:00Z`. */
  readonly name: string;
}

/** The right to coordinate a run; kept until it is released, or its process is dead. */
export interface Hold {
  /** Aborted when somebody else has taken over, or it could not be renewed: nothing more may be begun. */
  readonly lost: AbortSignal;
  release(): Promise<void>;
}

/**
 * A placement that its owner alone may work on until the lease ends, at `placement.dueAt`. Who has stalled must look at
 * the clock before sending: after the lease somebody else may have sent it.
 */
export interface Claim {
  /** As it stands now, `claimed`. */
  readonly placement: PlacementRow;
  /** The state before: `claimed` and `unknown` mean that it may be saved already, and must be looked up first. */
  readonly before: PlacementState;
  /** Rises with every claim; a mark with an older one is refused. */
  readonly fence: number;
}

/** What can be worked on now, and when to ask again. */
export interface Claims {
  readonly claims: readonly Claim[];
  /**
   * When the next placement falls due; in the past where the limit was reached. Absent when none is open but those that
   * this owner has claimed.
   */
  readonly nextDueAt?: number;
}

/** How a claimed placement stands after it was worked on. What is left out here is not kept from before. */
export interface Mark {
  readonly runId: string;
  readonly key: string;
  readonly fence: number;
  readonly state: Exclude<PlacementState, 'claimed'>;
  /** By default the task that it has. */
  readonly task?: Task;
  readonly attempts: number;
  /** When it may be claimed again, in milliseconds since the epoch. Absent: it is settled, or held back if `waiting`. */
  readonly dueAt?: number;
  readonly receipt?: PlacementRow['receipt'];
  readonly written?: PlacementRow['written'];
  readonly error?: PlacementRow['error'];
}

/** Which rows: all of them, or those in some states. */
export interface RowFilter {
  readonly states?: readonly PlacementState[];
}

/** Which placements are assigned a task: all of the run, or those with one of these slots and keys. */
export interface Assignees {
  readonly slots?: readonly string[];
  readonly keys?: readonly string[];
}

/** How many placements are settled (not due any more), by their states. */
export type SettledCounts = Readonly<Record<Exclude<PlacementState, 'claimed'>, number>>;

/**
 * The durable record of runs and their placements, and the list of what is still to be done.
 *
 * What the type checker cannot enforce, and `ledgerSuite` of @appointed/testkit tests: whatever a method has done is
 * durable when its promise resolves; a placement is claimed by one owner at a time; a mark with a stale fence changes
 * nothing; enrolling twice changes nothing. Errors are AppointedErrors: `run_unknown` where a run is not stored,
 * `ledger_failed` where the ledger cannot be read or written or is closed.
 */
export interface RunLedger {
  /** Does it outlive the process? */
  readonly durable: boolean;
  /**
   * Stores a run's manifest, or finds the one that is stored already; the stored one is returned.
   * @throws AppointedError `ledger_too_new`
   */
  open(manifest: RunManifest): Promise<{ readonly manifest: RunManifest; readonly isNew: boolean }>;
  /** Changes a stored manifest. */
  amend(runId: string, change: ManifestChange): Promise<void>;
  /** One coordinator at a time. @throws AppointedError `run_held`, naming who holds it */
  hold(runId: string, owner: LedgerOwner): Promise<Hold>;
  /**
   * Adds placements that are not there yet, due at once. One is known by its key, whatever else is given.
   * @returns the state of each, in their order; `waiting` for a new one
   */
  enrol(runId: string, enrolments: readonly Enrolment[]): Promise<readonly PlacementState[]>;
  /**
   * Takes open placements that are due, in the order of their due times and rows, and those of one row together: the
   * last row may exceed the limit.
   */
  claim(runId: string, owner: LedgerOwner, limit: number, leaseMs: number): Promise<Claims>;
  /**
   * Ends claims, each once; a lease that has run out does no harm as long as nobody else has claimed.
   * @throws AppointedError `claim_lost`, when a fence is stale; the other marks are made all the same
   */
  mark(marks: readonly Mark[]): Promise<void>;
  /** Makes settled placements of some states that have a task due at once. @returns how many */
  reopen(runId: string, states: readonly PlacementState[], task: Task): Promise<number>;
  /**
   * Gives placements another task. Those that are on the server, or may be (with a receipt, `claimed`, `unknown`), fall
   * due for it: at once if they were settled, else when they would have fallen due. Their attempts are counted anew, and
   * a mark by who has claimed one of them before is refused. The others keep their task, and those of them that were open
   * are settled. All keep their state, receipt and error. Repeating it changes nothing.
   * @returns how many are due for the task now or later
   */
  assign(runId: string, task: Task, assignees?: Assignees): Promise<number>;
  /** How many placements are settled. */
  settled(runId: string): Promise<SettledCounts>;
  /** A run's placements, in the order of their rows, while they are changed. */
  rows(runId: string, filter?: RowFilter): AsyncIterable<PlacementRow>;
  /** The manifests that are stored, the newest first. */
  runs(): AsyncIterable<RunManifest>;
  /** Erases a run: manifest and rows; nothing, where it is unknown. @throws AppointedError `run_held` */
  forget(runId: string): Promise<void>;
  /** Gives up what it holds. Calls that come later are rejected with `ledger_failed`. */
  close(): Promise<void>;
}
