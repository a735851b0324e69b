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

/**
 * Settings written as one literal: to V8 each object that is put together from others can be of a kind of its own, and
 * each run would compile anew what reads it for every placement.
 */
export function inOneLiteral(settings: RunSettings): RunSettings {
  return {
    runId: settings.runId,
    mailboxes: settings.mailboxes,
    slots: settings.slots,
    fallbackTimeZone: settings.fallbackTimeZone,
    maxMailboxes: settings.maxMailboxes,
    maxInvitations: settings.maxInvitations,
    maxOnlineMeetings: settings.maxOnlineMeetings,
    canary: settings.canary,
    listFirst: settings.listFirst,
    plan: settings.plan,
    sendMode: settings.sendMode,
    lookup: settings.lookup,
    unlessExists: settings.unlessExists,
    updateSendMode: settings.updateSendMode,
    overwrite: settings.overwrite,
    removalSendMode: settings.removalSendMode,
    signal: settings.signal,
    pause: settings.pause,
    requestTimeoutMs: settings.requestTimeoutMs,
    settleMs: settings.settleMs,
    maxAttempts: settings.maxAttempts,
    stopAfterRejections: settings.stopAfterRejections,
    maxFailureRate: settings.maxFailureRate,
    notAfter: settings.notAfter,
    exclusions: settings.exclusions,
    onPlacement: settings.onPlacement,
  };
}
