import type { SendMode } from '../placement/send-mode.js';

/** The format of manifests and rows that this version writes. A newer one is refused, an older one migrated. */
export const LEDGER_FORMAT = 1;

/**
 * Where a run stands: what was begun last. `retracted`: its placements were taken back, and the id is closed.
 */
export type RunState = 'placing' | 'revising' | 'retracting' | 'retracted';

/** A slot as the manifest remembers it. */
export interface ManifestSlot {
  readonly name: string;
  /** The factory's `version`; empty where it has none. */
  readonly version: string;
}

/** The first page of a run's record: written before the first mailbox is read. */
export interface RunManifest {
  readonly format: number;
  readonly runId: string;
  /** The FIRST start, in milliseconds since the epoch: what factories count from. */
  readonly startedAt: number;
  /** Name of the transport. */
  readonly transport: string;
  readonly slots: readonly ManifestSlot[];
  /** Absent: by the rule for attendees. */
  readonly sendMode?: SendMode;
  /** Whether the list of mailboxes was read to its end. Until then, continuing needs the list again. */
  readonly audienceComplete: boolean;
  /** The id is a caller's, who may have used it elsewhere: each placement is looked up before it is sent. By default not. */
  readonly looksUpFirst?: boolean;
  /** By default `placing`. */
  readonly state?: RunState;
  /** The plan that was approved for it: nothing else may be placed. By default none. */
  readonly plan?: string;
}

/** What may change in a manifest once it is stored. */
export type ManifestChange = Partial<Pick<RunManifest, 'audienceComplete' | 'state' | 'slots'>>;
