import type { ReconcileOptions } from '@appointed/core';
import { Command, Option } from 'commander';
import { findFactories } from '../config/find-factories.js';
import { OpenConfig } from '../config/open-config.js';
import type { ExitCode } from '../exit-code.js';
import { begunList } from '../list/begun-list.js';
import { countMailboxes } from '../list/count-mailboxes.js';
import type { ListOptions } from '../list/list-options.js';
import type { Output } from '../output/output.js';
import { given, placeOptions } from '../run/call-options.js';
import { callVerb } from '../run/call-verb.js';
import { checkInvitationLimit } from '../run/invitation-consent.js';
import { perform } from '../run/perform.js';
import { several, wholeNumber } from '../run/read-flags.js';
import { checkRemoval } from '../run/removal-consent.js';
import { sameCommand } from '../run/same-command.js';
import { type CommonFlags, listOf, type PlaceFlags, withListFlags, withPlaceFlags } from './flags.js';

interface Flags extends CommonFlags, PlaceFlags {
  readonly mailboxes: string;
  readonly leavers?: ReconcileOptions['leavers'];
  readonly maxLeavers?: number;
}

const EXAMPLES = `
Examples:
  $ appointed reconcile all-hands-2027 --mailboxes people.csv --factory lesson
  $ appointed reconcile all-hands-2027 --mailboxes people.csv --factory lesson --leavers remove --dry-run
  $ appointed reconcile all-hands-2027 --mailboxes people.csv --factory lesson --leavers remove --yes`;

/** `appointed reconcile` */
export function reconcileCommand(): Command {
  const command = new Command('reconcile')
    .description('bring a run in line with a list that has changed')
    .argument('<run>', 'its id')
    .requiredOption('-f, --factory <name>', 'the one that the run was begun with; may be given several times', several)
    .addOption(
      new Option('--leavers <what>', 'what becomes of those who are not in the list').choices(['keep', 'remove']),
    )
    .option('--max-leavers <n>', 'change nothing if more than so many would be removed (500)', wholeNumber(0));
  return withPlaceFlags(withListFlags(command, true))
    .addHelpText('after', EXAMPLES)
    .action((runId: string, _flags, called: Command) => {
      const flags = called.optsWithGlobals<Flags>();
      return perform(flags, (output) => reconcile(runId, flags, output));
    });
}

async function reconcile(runId: string, flags: Flags, output: Output): Promise<ExitCode> {
  await using open = await OpenConfig.load(flags);
  const factories = await findFactories(open, flags.factory, runId);
  await checkInvitationLimit(flags, output);
  if (flags.leavers === 'remove') {
    await checkRemoval(`what ${runId} has placed for those who are not in ${listName(flags)}`, flags, output);
  }
  const list = listOf(flags) as ListOptions;
  const options = {
    ...(await placeOptions(flags)),
    ...given({ leavers: flags.leavers, maxLeavers: flags.maxLeavers }),
    mailboxes: await begunList(list),
    factories,
  };
  return await callVerb({
    output,
    open,
    maxInFlight: flags.maxInFlight,
    total: () => countMailboxes(list, Object.keys(factories).length),
    call: (runner, signals) => runner.reconcile(runId, { ...options, ...signals }),
    resume: sameCommand,
  });
}

function listName({ mailboxes }: Flags): string {
  return mailboxes === '-' ? 'the list' : mailboxes;
}
