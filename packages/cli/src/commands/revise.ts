import type { UpdateSendMode } from '@appointed/core';
import { Command, Option } from 'commander';
import { findFactories } from '../config/find-factories.js';
import { OpenConfig } from '../config/open-config.js';
import type { ExitCode } from '../exit-code.js';
import { begunList } from '../list/begun-list.js';
import type { Output } from '../output/output.js';
import { callOptions, given } from '../run/call-options.js';
import { callVerb } from '../run/call-verb.js';
import { countPlaced } from '../run/count-placed.js';
import { checkInvitationLimit } from '../run/invitation-consent.js';
import { perform } from '../run/perform.js';
import { several, wholeNumber } from '../run/read-flags.js';
import { sameCommand } from '../run/same-command.js';
import {
  type CallFlags,
  type CommonFlags,
  FACTORY_HELP,
  type ListFlags,
  listOf,
  withCallFlags,
  withListFlags,
} from './flags.js';

interface Flags extends CommonFlags, ListFlags, CallFlags {
  readonly factory: readonly string[];
  readonly sendMode?: UpdateSendMode;
  readonly overwrite?: boolean;
  readonly maxInvitations?: number;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

const EXAMPLES = `
Examples:
  $ appointed revise all-hands-2027 --factory lesson --dry-run
  $ appointed revise all-hands-2027 --factory factories/lesson.ts`;

/** `appointed revise` */
export function reviseCommand(): Command {
  const command = new Command('revise')
    .description('change what a run has placed to what the factory says now')
    .argument('<run>', 'its id')
    .requiredOption('-f, --factory <name>', FACTORY_HELP, several)
    .addOption(
      new Option('--send-mode <mode>', 'who is told of changed meetings').choices([
        'none',
        'all',
        'allAndSaveCopy',
        'changed',
      ]),
    )
    .option('--overwrite', 'also what somebody has changed since')
    .option('--max-invitations <n>', 'mail nothing if it were more (500); more than 500 ask', wholeNumber(0))
    .option('--dry-run', 'do everything but write')
    .option('--yes', 'do not ask');
  return withCallFlags(withListFlags(command, false))
    .addHelpText('after', EXAMPLES)
    .action((runId: string, _flags, called: Command) => {
      const flags = called.optsWithGlobals<Flags>();
      return perform(flags, (output) => revise(runId, flags, output));
    });
}

async function revise(runId: string, flags: Flags, output: Output): Promise<ExitCode> {
  await using open = await OpenConfig.load(flags);
  const factories = await findFactories(open, flags.factory, runId);
  await checkInvitationLimit(flags, output);
  const list = listOf(flags);
  const { sendMode, overwrite, maxInvitations, dryRun } = flags;
  const options = {
    ...(await callOptions(flags)),
    ...given({ mailboxes: list && (await begunList(list)), sendMode, overwrite, maxInvitations, dryRun }),
    factories,
  };
  return await callVerb({
    output,
    open,
    maxInFlight: flags.maxInFlight,
    total: () => countPlaced(open, runId, list, Object.keys(factories).length),
    call: (runner, signals) => runner.revise(runId, { ...options, ...signals }),
    resume: sameCommand,
  });
}
