import type { SendMode } from '@appointed/core';
import { Command, Option } from 'commander';
import { OpenConfig } from '../config/open-config.js';
import type { ExitCode } from '../exit-code.js';
import { begunList } from '../list/begun-list.js';
import type { Output } from '../output/output.js';
import { callOptions, given } from '../run/call-options.js';
import { callVerb } from '../run/call-verb.js';
import { countPlaced } from '../run/count-placed.js';
import { perform } from '../run/perform.js';
import { checkRemoval } from '../run/removal-consent.js';
import { sameCommand } from '../run/same-command.js';
import {
  type CallFlags,
  type CommonFlags,
  type ListFlags,
  listOf,
  SEND_MODES,
  withCallFlags,
  withListFlags,
} from './flags.js';

interface Flags extends CommonFlags, ListFlags, CallFlags {
  readonly slots?: readonly string[];
  readonly sendMode?: SendMode;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

const EXAMPLES = `
Examples:
  $ appointed retract all-hands-2027 --dry-run
  $ appointed retract all-hands-2027 --mailboxes leavers.csv --yes
  $ appointed retract all-hands-2027 --yes`;

/** `appointed retract` */
export function retractCommand(): Command {
  const command = new Command('retract')
    .description('remove what a run has placed; with --mailboxes only theirs')
    .argument('<run>', 'its id')
    .option('--slots <names...>', 'only these slots')
    .addOption(new Option('--send-mode <mode>', 'whether attendees get cancellations').choices(SEND_MODES))
    .option('--dry-run', 'do everything but write')
    .option('--yes', 'do not ask');
  return withCallFlags(withListFlags(command, false))
    .addHelpText('after', EXAMPLES)
    .action((runId: string, _flags, called: Command) => {
      const flags = called.optsWithGlobals<Flags>();
      return perform(flags, (output) => retract(runId, flags, output));
    });
}

async function retract(runId: string, flags: Flags, output: Output): Promise<ExitCode> {
  await using open = await OpenConfig.load(flags);
  const list = listOf(flags);
  await checkRemoval(removed(runId, flags), flags, output);
  const { slots, sendMode, dryRun } = flags;
  const options = {
    ...(await callOptions(flags)),
    ...given({ mailboxes: list && (await begunList(list)), slots, sendMode, dryRun }),
  };
  return await callVerb({
    output,
    open,
    maxInFlight: flags.maxInFlight,
    total: () => countPlaced(open, runId, list, slots?.length),
    call: (runner, signals) => runner.retract(runId, { ...options, ...signals }),
    resume: sameCommand,
  });
}

function removed(runId: string, { mailboxes }: Flags): string {
  return mailboxes === undefined ? `everything that ${runId} has placed` : `what ${runId} has placed for ${mailboxes}`;
}
