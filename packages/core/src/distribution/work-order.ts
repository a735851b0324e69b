import type { EventName } from '../events/lifecycle-events.js';
import type { RunManifest } from '../ledger/run-manifest.js';
import type { RunSettings } from '../run/run-settings.js';
import type { VerbName } from '../verbs/verb.js';

/** What those who work on a run need of the settings of the call that began it. */
export type WorkSettings = Pick<
  RunSettings,
  | 'requestTimeoutMs'
  | 'settleMs'
  | 'maxAttempts'
  | 'stopAfterRejections'
  | 'fallbackTimeZone'
  | 'sendMode'
  | 'lookup'
  | 'unlessExists'
  | 'updateSendMode'
  | 'overwrite'
  | 'removalSendMode'
  | 'maxInvitations'
  | 'maxOnlineMeetings'
>;

/**
 * What a call of a verb wants of whoever works on its run. Plain data, so that it can travel: which placements they are is
 * decided by the ledger, when they are claimed.
 */
export interface WorkOrder {
  readonly verb: Exclude<VerbName, 'verify'>;
  /** As the ledger must have it. Its slots say which version of each factory is wanted. */
  readonly manifest: RunManifest;
  /** The ledger knew the run before the call. */
  readonly isContinued: boolean;
  /** The slots whose factories are asked; none where nothing is placed or updated. */
  readonly slots: readonly string[];
  readonly settings: WorkSettings;
  /** The ids of mailboxes that are left alone, in lower case. */
  readonly excluded: readonly string[];
  /** Mailboxes with open placements that are not in the list any more, and what becomes of those. */
  readonly leavers?: { readonly mailboxes: readonly string[]; readonly fate: 'keep' | 'remove' };
  /** It is known how many invitations there are, and they may go. Until then they are held back and counted. */
  readonly areInvitationsReleased: boolean;
  /** Events that somebody listens to. */
  readonly events: readonly EventName[];
}
