import type { MailboxKind, SendMode } from '@appointed/core';
import { type Command, Option } from 'commander';
import { ENCODINGS, type Encoding, LIST_FORMATS, type ListFormat, type ListOptions } from '../list/list-options.js';
import { moment, percentage, seconds, wholeNumber } from '../run/read-flags.js';

/** What every command may be told. */
export interface CommonFlags {
  readonly config?: string;
  readonly ledger?: string;
  readonly json?: boolean;
  readonly debug?: boolean;
}

/** Where the mailboxes are. */
export interface ListFlags {
  readonly mailboxes?: string;
  readonly column?: string;
  readonly as?: MailboxKind;
  readonly format?: ListFormat;
  readonly encoding?: Encoding;
}

/** How a verb is called. */
export interface CallFlags {
  readonly exclude?: string;
  readonly notAfter?: Date;
  readonly stopAtFailures?: number;
  readonly stopAfterRejections?: number;
  readonly maxInFlight?: number;
  readonly settle?: number;
  readonly timeout?: number;
  readonly attempts?: number;
}

/** How appointments are placed. */
export interface PlaceFlags extends ListFlags, CallFlags {
  readonly factory: readonly string[];
  readonly sendMode?: SendMode;
  readonly maxMailboxes?: number;
  readonly maxInvitations?: number;
  readonly maxOnlineMeetings?: number;
  readonly timeZone?: string;
  readonly unlessExists?: boolean;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

/** What `--factory` is. */
export const FACTORY_HELP = 'a factory of the configuration, or a file; may be given several times';

export const SEND_MODES = ['none', 'all', 'allAndSaveCopy'] as const;

/** The flags that say where the mailboxes are. */
export function withListFlags(command: Command, isNeeded: boolean): Command {
  const list = new Option(
    '-m, --mailboxes <file>',
    'CSV, TSV, JSON lines or one address a line; - reads the standard input',
  );
  return command
    .addOption(isNeeded ? list.makeOptionMandatory() : list)
    .option('--column <name>', 'the column that names the mailbox; by default guessed')
    .addOption(new Option('--as <kind>', 'what that column holds').choices(['smtp', 'upn', 'sid']))
    .addOption(
      new Option('--format <format>', 'how the list is written down; by default guessed').choices(LIST_FORMATS),
    )
    .addOption(new Option('--encoding <encoding>', 'by default guessed').choices(ENCODINGS));
}

/** The flags of every verb that works through a run. */
export function withCallFlags(command: Command): Command {
  return command
    .option('--exclude <file>', 'mailboxes that are left alone, whatever else is said; a list as --mailboxes takes it')
    .option('--not-after <time>', 'begin nothing after 18:30, or after 2027-01-15T18:30', moment)
    .option('--stop-at-failures <n%>', 'stop when more than this part was refused', percentage)
    .option('--stop-after-rejections <n>', 'stop when so many in a row were refused alike (20)', wholeNumber(1))
    .option('--max-in-flight <n>', 'the most requests at once', wholeNumber(1))
    .option('--settle <seconds>', 'how long what is in doubt rests before it is looked up (60)', seconds)
    .option('--timeout <seconds>', 'how long one request may take (60)', seconds)
    .option('--attempts <n>', 'how often one placement is tried (5)', wholeNumber(1));
}

/** The flags of the commands that place. */
export function withPlaceFlags(command: Command): Command {
  return withCallFlags(command)
    .addOption(
      new Option('--send-mode <mode>', 'who is told of meetings; by default attendees, with a copy').choices(
        SEND_MODES,
      ),
    )
    .option('--max-mailboxes <n>', 'place nothing if the list is longer', wholeNumber(1))
    .option('--max-invitations <n>', 'mail nothing if it were more (500); more than 500 ask', wholeNumber(0))
    .option('--max-online-meetings <n>', 'make none if it were more (1)', wholeNumber(0))
    .option('--time-zone <zone>', 'for what is meant in the own zone of mailboxes that have none yet')
    .option('--unless-exists', 'pass over calendars that have an appointment with that subject and start')
    .option('--dry-run', 'do everything but write')
    .option('--yes', 'do not ask');
}

/** The list that the flags name. */
export function listOf({ mailboxes, column, as: kind, format, encoding }: ListFlags): ListOptions | undefined {
  if (mailboxes === undefined) return undefined;
  return {
    source: mailboxes,
    ...(column === undefined ? {} : { column }),
    ...(kind === undefined ? {} : { kind }),
    ...(format === undefined ? {} : { format }),
    ...(encoding === undefined ? {} : { encoding }),
  };
}
