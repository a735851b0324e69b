import type { SendMode, UpdateSendMode } from '../placement/send-mode.js';
import type { CallSettings, MailboxList } from './call-options.js';
import type { Slot } from './factory-options.js';
import type { CanaryOptions } from './run-options.js';

/** What one call of a verb was told, checked. What a verb has no option for has the value that changes nothing. */
export interface RunSettings extends CallSettings {
  readonly runId: string;
  readonly mailboxes: MailboxList | undefined;
  /** Who makes the appointments; none where nothing is placed or updated. */
  readonly slots: readonly Slot[];
  /** The zone for what is meant in the mailbox's own, where neither it nor the mailbox has one. */
  readonly fallbackTimeZone: string | undefined;
  readonly maxMailboxes: number;
  readonly maxInvitations: number;
  readonly maxOnlineMeetings: number;
  readonly canary: CanaryOptions | undefined;
  /** The whole list is read before anything is written. */
  readonly listFirst: boolean;
  readonly plan: string | undefined;
  /** Of what is placed. */
  readonly sendMode: SendMode | undefined;
  readonly lookup: 'auto' | 'never';
  readonly unlessExists: boolean;
  /** Of what is updated. */
  readonly updateSendMode: UpdateSendMode | undefined;
  /** Fields that somebody has changed are written over. */
  readonly overwrite: boolean;
  /** Of what is removed. */
  readonly removalSendMode: SendMode | undefined;
}

/** The values that change nothing. */
export const NOTHING_SPECIAL: Omit<RunSettings, keyof CallSettings | 'runId' | 'mailboxes' | 'slots'> = {
  maxMailboxes: Number.POSITIVE_INFINITY,
  maxInvitations: Number.POSITIVE_INFINITY,
  maxOnlineMeetings: Number.POSITIVE_INFINITY,
  fallbackTimeZone: undefined,
  canary: undefined,
  listFirst: false,
  plan: undefined,
  sendMode: undefined,
  lookup: 'auto',
  unlessExists: false,
  updateSendMode: undefined,
  overwrite: false,
  removalSendMode: undefined,
};
