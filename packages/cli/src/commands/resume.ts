import { Command } from 'commander';
import { findFactories } from '../config/find-factories.js';
import { OpenConfig } from '../config/open-config.js';
import type { ExitCode } from '../exit-code.js';
import { begunList } from '../list/begun-list.js';
import type { Output } from '../output/output.js';
import { given, placeOptions } from '../run/call-options.js';
import { callVerb } from '../run/call-verb.js';
import { countOpen } from '../run/count-open.js';
import { checkInvitationLimit } from '../run/invitation-consent.js';
import { perform } from '../run/perform.js';
import { several } from '../run/read-flags.js';
import { resumeLine } from '../run/resume-line.js';
import { type CommonFlags, listOf, type PlaceFlags, withListFlags, withPlaceFlags } from './flags.js';

interface Flags extends CommonFlags, PlaceFlags {
  readonly retryRejected?: boolean;
}

const EXAMPLES = `
Examples:
  $ appointed resume all-hands-2027 --factory lesson
  $ appointed resume all-hands-2027 --factory lesson --retry-rejected
  $ appointed resume all-hands-2027 --factory lesson --mailboxes people.csv`;

/** `appointed resume` */
export function resumeCommand(): Command {
  const command = new Command('resume')
    .description('continue a run: place what is missing, look up what is in doubt')
    .argument('<run>', 'its id')
    .requiredOption('-f, --factory <name>', 'the one that the run was begun with; may be given several times', several)
    .option('--retry-rejected', 'take those that were rejected once more, since the cause is mended');
  return withPlaceFlags(withListFlags(command, false))
    .addHelpText('after', EXAMPLES)
    .action((runId: string, _flags, called: Command) => {
      const flags = called.optsWithGlobals<Flags>();
      return perform(flags, (output) => resume(runId, flags, output));
    });
}

async function resume(runId: string, flags: Flags, output: Output): Promise<ExitCode> {
  await using open = await OpenConfig.load(flags);
  const factories = await findFactories(open, flags.factory, runId);
  await checkInvitationLimit(flags, output);
  const list = listOf(flags);
  const options = {
    ...(await placeOptions(flags)),
    ...given({ mailboxes: list && (await begunList(list)), retryRejected: flags.retryRejected }),
    factories,
  };
  return await callVerb({
    output,
    open,
    maxInFlight: flags.maxInFlight,
    total: () => countOpen(open, runId, list, Object.keys(factories).length),
    call: (runner, signals) => runner.resume(runId, { ...options, ...signals }),
    resume: (report) => resumeLine(report, flags, open),
  });
}
