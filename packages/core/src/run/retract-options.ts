import { SEND_MODES, type SendMode } from '../placement/send-mode.js';
import { CALL_OPTIONS, type CallOptions, type MailboxList, readCallOptions } from './call-options.js';
import { checkOptions } from './known-options.js';
import { readMailboxes } from './mailbox-list.js';
import { refuse } from './refuse.js';
import { isRunName, readRunId } from './run-name.js';
import { NOTHING_SPECIAL, type RunSettings } from './run-settings.js';
import { readSendMode } from './send-mode-option.js';

/** How the appointments of a run are taken back. */
export interface RetractOptions extends CallOptions {
  /**
   * Only these mailboxes; the run stays open for the others. Must be given where the ledger does not know the run. By
   * default all that the run has placed.
   */
  readonly mailboxes?: MailboxList;
  /** Only these slots. By default all; `['default']` where the ledger does not know the run. */
  readonly slots?: readonly string[];
  /** Whether attendees get cancellations. By default as the run's send mode was, else `allAndSaveCopy`. */
  readonly sendMode?: SendMode;
  /** Does everything but write: on the server and in the ledger. By default false. */
  readonly dryRun?: boolean;
}

const OPTIONS: readonly (keyof RetractOptions)[] = [...CALL_OPTIONS, 'mailboxes', 'slots', 'sendMode', 'dryRun'];

/** @throws AppointedError `invalid_options` */
export function readRetractOptions(runId: string, options: RetractOptions): RunSettings {
  checkOptions(options, OPTIONS);
  checkSlots(options.slots);
  return {
    ...NOTHING_SPECIAL,
    ...readCallOptions(options),
    runId: readRunId(runId),
    mailboxes: readMailboxes(options.mailboxes, true),
    slots: [],
    removalSendMode: readSendMode(options.sendMode, SEND_MODES),
  };
}

function checkSlots(slots: readonly string[] | undefined): void {
  if (slots === undefined) return;
  const isList = Array.isArray(slots) && slots.length > 0 && slots.every(isRunName);
  if (!isList) throw refuse('slots', 'is not a list of names of slots');
}
