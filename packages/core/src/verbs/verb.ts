import type { WorkOrder } from '../distribution/work-order.js';
import type { Task } from '../ledger/placement-row.js';
import type { RunManifest } from '../ledger/run-manifest.js';
import type { Mailbox } from '../mailbox/mailbox.js';
import type { MailboxFeeder } from '../pipeline/mailbox-feeder.js';
import type { Run } from '../pipeline/run.js';

/** The verbs that work on a run's placements. */
export type VerbName = 'run' | 'revise' | 'retract' | 'reconcile' | 'verify';

/** What distinguishes one verb from another; all else is one pipeline. */
export interface Verb {
  readonly name: VerbName;
  /** What the mailboxes of a list are enrolled for. */
  readonly task: Task;
  /** To be stored where the ledger does not know the run. */
  manifest(startedAt: number, transport: string): RunManifest;
  /** May the stored run be worked on so? @throws AppointedError */
  check(stored: RunManifest, isNew: boolean): void;
  /** The slots that are concerned; a run has at least one. */
  slots(manifest: RunManifest): readonly [string, ...string[]];
  /** Says in the ledger what is wanted, before anything is asked of the server. */
  begin(run: Run): Promise<void>;
  /** The list was read to its end, where that is waited for. */
  listed?(run: Run, list: MailboxFeeder): Promise<void>;
  /** What becomes of a mailbox's placements that are to be placed, when it is not in the list any more. */
  leaver?(mailbox: Mailbox): 'keep' | 'remove' | undefined;
  /** For those who do not have the list: whom {@link leaver} concerns. */
  leavers?(): WorkOrder['leavers'];
  /** Nothing is left to be done, and the call was not stopped. */
  end?(run: Run): Promise<void>;
}
