import { UPDATE_SEND_MODES, type UpdateSendMode } from '../placement/send-mode.js';
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
import { readRunId } from './run-name.js';
import { readMaxInvitations, readMaxOnlineMeetings } from './run-options.js';
import { NOTHING_SPECIAL, type RunSettings } from './run-settings.js';
import { readSendMode } from './send-mode-option.js';

/** How the appointments of a run are changed. The factories are of slots that the run has. */
export interface ReviseOptions extends CallOptions, FactoryOptions {
  /**
   * Only these mailboxes. Must be given where the ledger does not know the run; there nobody knows what people changed,
   * and `overwrite` must be true. By default all that the run has placed.
   */
  readonly mailboxes?: MailboxList;
  /** Whether attendees are told. By default `allAndSaveCopy` for meetings and `none` for others. */
  readonly sendMode?: UpdateSendMode;
  /** Fields that somebody has changed since are written over, too. By default they are left alone and reported. */
  readonly overwrite?: boolean;
  /** As in a run, of the updates that are mailed. */
  readonly maxInvitations?: number;
  /** As in a run, of the appointments that become online meetings. */
  readonly maxOnlineMeetings?: number;
  /** Does everything but write: on the server and in the ledger. By default false. */
  readonly dryRun?: boolean;
}

const OPTIONS: readonly (keyof ReviseOptions)[] = [
  ...CALL_OPTIONS,
  'mailboxes',
  ...FACTORY_OPTIONS,
  'sendMode',
  'overwrite',
  'maxInvitations',
  'maxOnlineMeetings',
  'dryRun',
];

/** @throws AppointedError `invalid_options`, and what `resolve` throws */
export function readReviseOptions(runId: string, options: ReviseOptions, resolve: ResolveFactory): RunSettings {
  checkOptions(options, OPTIONS);
  return {
    ...NOTHING_SPECIAL,
    ...readCallOptions(options),
    runId: readRunId(runId),
    mailboxes: readMailboxes(options.mailboxes, true),
    slots: readSlots(options, resolve),
    fallbackTimeZone: readFallbackTimeZone(options),
    updateSendMode: readSendMode(options.sendMode, UPDATE_SEND_MODES),
    overwrite: options.overwrite === true,
    maxInvitations: readMaxInvitations(options),
    maxOnlineMeetings: readMaxOnlineMeetings(options),
  };
}
