import { randomUUID } from 'node:crypto';
import { planStart } from '../preflight/plan-hash.js';
import { SEND_MODES, type SendMode } from '../placement/send-mode.js';
import { CALL_OPTIONS, type CallOptions, type MailboxList, readCallOptions } from './call-options.js';
import {
  FACTORY_OPTIONS,
  type FactoryOptions,
  readFallbackTimeZone,
  readSlots,
  type ResolveFactory,
} from './factory-options.js';
import { checkOptions } from './known-options.js';
import { readMailboxes } from './mailbox-list.js';
import { refuse } from './refuse.js';
import { readRunId } from './run-name.js';
import type { RunReport } from './run-report.js';
import { NOTHING_SPECIAL, type RunSettings } from './run-settings.js';
import { readSendMode } from './send-mode-option.js';

const DEFAULT_MAX_INVITATIONS = 500;
const DEFAULT_MAX_ONLINE_MEETINGS = 1;

/** The first mailboxes of a list, served before the others. */
export interface CanaryOptions {
  /** How many. */
  readonly mailboxes: number;
  /**
   * Asked when nothing of them is open any more, failed or not; `true` goes on with the others. By default nobody is
   * asked, and the run stops with `not_approved`: continue it without a canary. A list with fewer mailboxes is served
   * without a question.
   */
  readonly approve?: (report: RunReport) => boolean | Promise<boolean>;
}

/** One run: mailboxes × slots. */
export interface RunOptions extends CallOptions, FactoryOptions {
  /**
   * Read as the run goes, never collected. May be left out to continue a run whose list its ledger has read to the end.
   */
  readonly mailboxes?: MailboxList;
  /**
   * The run's id: 1 to 200 characters. The keys of its placements come from it. An id that the ledger knows continues
   * that run; with one that it does not know, each placement is looked up on the server before it is saved, so that a
   * run repeated from elsewhere books nobody twice. By default a new UUID.
   */
  readonly id?: string;
  /** For every appointment of the run. By default `allAndSaveCopy` for those with attendees and `none` for the others. */
  readonly sendMode?: SendMode;
  /** `never`: does not look up the placements of an id that the ledger does not know. By default `auto`. */
  readonly lookup?: 'auto' | 'never';
  /** When a run is continued: takes its rejected placements again, once the cause is mended. By default false. */
  readonly retryRejected?: boolean;
  /**
   * The most mailboxes that the list may hold; rows that are skipped do not count. It is read to its end, and kept in
   * memory, before anything is placed; a longer one stops the run with `too_many_mailboxes`, and the ledger remembers
   * nothing of it. By default any number.
   */
  readonly maxMailboxes?: number;
  /**
   * The most invitations that this call may mail: attendees and resources of all its meetings together. Meetings are
   * held back until the list has ended and everything else is done; more stop the run with `too_many_invitations`, and
   * nothing was mailed (but to the attendees of a canary). What was held back is deferred: continue the run with a higher
   * limit. By default 500; `Infinity` holds nothing back.
   */
  readonly maxInvitations?: number;
  /**
   * The most online meetings that this call may ask for: each mailbox gets one of its own, with a link of its own, which is
   * seldom meant for many. They are held back as meetings are; more stop the run with `too_many_online_meetings`, and none
   * was made. By default 1; `Infinity` holds nothing back.
   */
  readonly maxOnlineMeetings?: number;
  /**
   * Serves the first mailboxes of the list and asks before it goes on; their meetings are not held back. What an earlier
   * call has left of other mailboxes waits, too.
   */
  readonly canary?: CanaryOptions;
  /**
   * Skips a mailbox whose calendar has an appointment with that subject and start already, whoever made it: for what
   * older scripts left behind. Costs a request for each placement, and another one for a meeting that was held back. Not
   * for native appointments, whose start cannot be read. By default false.
   */
  readonly unlessExists?: boolean;
  /**
   * The hash of a plan that `preflight` made; `id` is the plan's `runId`. The run counts from the plan's start, and reads the whole list, which is
   * kept in memory, before it places anything: other mailboxes, appointments or send modes stop it with `plan_changed`,
   * nothing was placed, and a run that this call began is forgotten.
   * Continued with the same plan, a run whose list was read to its end keeps those mailboxes: a list that is given again
   * is not read, unless a canary needs it.
   */
  readonly plan?: string;
  /** Does everything but write: on the server and in the ledger. By default false. */
  readonly dryRun?: boolean;
}

/** The names of a run's options. */
export const RUN_OPTIONS: readonly (keyof RunOptions)[] = [
  ...CALL_OPTIONS,
  'mailboxes',
  ...FACTORY_OPTIONS,
  'id',
  'sendMode',
  'lookup',
  'retryRejected',
  'maxMailboxes',
  'maxInvitations',
  'maxOnlineMeetings',
  'canary',
  'unlessExists',
  'plan',
  'dryRun',
];

/** @throws AppointedError `invalid_options`, and what `resolve` throws */
export function readRunOptions(options: RunOptions, resolve: ResolveFactory): RunSettings {
  checkOptions(options, RUN_OPTIONS);
  const { id, mailboxes, canary } = options;
  const plan = planOf(options);
  if (plan !== undefined && id === undefined)
    throw refuse('id', 'is missing: a plan is of the run that its runId names');
  const maxMailboxes = maxMailboxesOf(options);
  if (canary !== undefined) checkCanary(canary, mailboxes);
  return {
    ...NOTHING_SPECIAL,
    ...readCallOptions(options),
    runId: readRunId(id ?? randomUUID()),
    mailboxes: readMailboxes(mailboxes, id !== undefined),
    slots: readSlots(options, resolve),
    fallbackTimeZone: readFallbackTimeZone(options),
    sendMode: readSendMode(options.sendMode, SEND_MODES),
    lookup: lookupOf(options),
    maxMailboxes,
    maxInvitations: readMaxInvitations(options),
    maxOnlineMeetings: readMaxOnlineMeetings(options),
    canary,
    listFirst: Number.isFinite(maxMailboxes) || plan !== undefined,
    unlessExists: unlessExistsOf(options),
    plan,
  };
}

/** @throws AppointedError `invalid_options` */
export function readMaxInvitations(options: Pick<RunOptions, 'maxInvitations'>): number {
  const { maxInvitations = DEFAULT_MAX_INVITATIONS } = options;
  if (typeof maxInvitations === 'number' && maxInvitations >= 0) return maxInvitations;
  throw refuse('maxInvitations', 'is not a number from 0 on, or Infinity');
}

/** @throws AppointedError `invalid_options` */
export function readMaxOnlineMeetings(options: Pick<RunOptions, 'maxOnlineMeetings'>): number {
  const { maxOnlineMeetings = DEFAULT_MAX_ONLINE_MEETINGS } = options;
  if (typeof maxOnlineMeetings === 'number' && maxOnlineMeetings >= 0) return maxOnlineMeetings;
  throw refuse('maxOnlineMeetings', 'is not a number from 0 on, or Infinity');
}

function maxMailboxesOf({ maxMailboxes = Number.POSITIVE_INFINITY }: RunOptions): number {
  if (typeof maxMailboxes === 'number' && maxMailboxes >= 1) return maxMailboxes;
  throw refuse('maxMailboxes', 'is not a number from 1 on');
}

function checkCanary(canary: CanaryOptions, list: MailboxList | undefined): void {
  if (typeof canary !== 'object' || canary === null) throw refuse('canary', 'is no object');
  const { mailboxes, approve } = canary;
  if (approve !== undefined && typeof approve !== 'function') throw refuse('canary.approve', 'is no function');
  if (!Number.isInteger(mailboxes) || mailboxes < 1)
    throw refuse('canary.mailboxes', 'is not a whole number from 1 on');
  if (list === undefined) throw refuse('mailboxes', 'is missing: a canary is the beginning of the list');
}

function planOf(options: RunOptions): string | undefined {
  if (!('plan' in options)) return undefined;
  // Also one that is there and undefined: whoever means a plan must not run without one.
  const { plan } = options as { readonly plan?: unknown };
  if (typeof plan === 'string' && planStart(plan) !== undefined) return plan;
  throw refuse('plan', 'is not the hash of a plan that preflight made');
}

function unlessExistsOf({ unlessExists = false }: RunOptions): boolean {
  if (typeof unlessExists === 'boolean') return unlessExists;
  throw refuse('unlessExists', 'is neither true nor false');
}

function lookupOf({ lookup = 'auto' }: RunOptions): RunSettings['lookup'] {
  if (lookup === 'auto' || lookup === 'never') return lookup;
  throw refuse('lookup', 'is neither auto nor never');
}
