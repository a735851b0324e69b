import type { CanaryOptions, ImpersonationRunner, RunOptions, RunReport } from '@appointed/core';
import { Command } from 'commander';
import { findFactories } from '../config/find-factories.js';
import { OpenConfig } from '../config/open-config.js';
import type { ExitCode } from '../exit-code.js';
import { begunList } from '../list/begun-list.js';
import { countMailboxes } from '../list/count-mailboxes.js';
import type { ListOptions } from '../list/list-options.js';
import { readMailboxes } from '../list/read-mailboxes.js';
import type { Output } from '../output/output.js';
import { ask, canAsk } from '../run/ask.js';
import { given, placeOptions } from '../run/call-options.js';
import { callVerb, type Signals } from '../run/call-verb.js';
import type { Interrupts } from '../run/interrupts.js';
import { checkInvitationLimit, consentsToMore } from '../run/invitation-consent.js';
import { newRunId } from '../run/new-run-id.js';
import { perform } from '../run/perform.js';
import { several, wholeNumber } from '../run/read-flags.js';
import { resumeLine } from '../run/resume-line.js';
import { type CommonFlags, FACTORY_HELP, listOf, type PlaceFlags, withListFlags, withPlaceFlags } from './flags.js';

interface Flags extends CommonFlags, PlaceFlags {
  readonly mailboxes: string;
  readonly id?: string;
  readonly canary?: number;
  readonly plan?: string;
}

const EXAMPLES = `
Examples:
  $ appointed place --mailboxes people.csv --factory lesson
  $ appointed place --mailboxes people.csv --factory factories/lesson.ts --id all-hands-2027
  $ appointed place --mailboxes people.csv --factory lesson --dry-run
  $ appointed place --mailboxes people.csv --factory lesson --factory meeting --id both-2027
  $ cut -d, -f2 people.csv | appointed place --mailboxes - --factory lesson --json`;

/** `appointed place` */
export function placeCommand(): Command {
  const command = new Command('place')
    .description("place a factory's appointments in the calendars of a list")
    .requiredOption('-f, --factory <name>', FACTORY_HELP, several)
    .option('--id <id>', 'names the run; one that the ledger knows is continued')
    .option('--canary <n>', 'serve the first n mailboxes, and ask before the others', wholeNumber(1))
    .option('--plan <hash>', 'do what this plan of appointed preview says, or nothing');
  return withPlaceFlags(withListFlags(command, true))
    .addHelpText('after', EXAMPLES)
    .action((_flags, called: Command) => {
      const flags = called.optsWithGlobals<Flags>();
      return perform(flags, (output) => place(flags, output));
    });
}

async function place(flags: Flags, output: Output): Promise<ExitCode> {
  await using open = await OpenConfig.load(flags);
  const factories = await findFactories(open, flags.factory, flags.id);
  await checkInvitationLimit(flags, output);
  const list = listOf(flags) as ListOptions;
  const options: RunOptions & { readonly id: string } = {
    ...(await placeOptions(flags)),
    ...given({ plan: flags.plan, lookup: flags.id === undefined ? ('never' as const) : undefined }),
    factories,
    mailboxes: await begunList(list),
    id: flags.id ?? newRunId(flags.factory),
  };
  return await callVerb({
    output,
    open,
    maxInFlight: flags.maxInFlight,
    total: () => countMailboxes(list, Object.keys(factories).length),
    call: (runner, signals, interrupts) => {
      const canary = canaryOf(flags, output, interrupts);
      return run(runner, { ...options, ...signals, ...given({ canary }) }, { list, output, signals });
    },
    resume: (report) => resumeLine(report, flags, open),
  });
}

interface Asking {
  readonly list: ListOptions;
  readonly output: Output;
  readonly signals: Signals;
}

/** Goes on where the limit of invitations has stopped the run, if somebody says so and the list can be read again. */
async function run(
  runner: ImpersonationRunner,
  options: RunOptions & { readonly id: string },
  { list, output, signals }: Asking,
): Promise<RunReport> {
  const report = await runner.run(options);
  if (list.source === '-' || !(await consentsToMore(report, output, signals.pause))) return report;
  const { canary: _served, ...others } = options;
  return runner.run({ ...others, mailboxes: readMailboxes(list), maxInvitations: Number.POSITIVE_INFINITY });
}

/** Where nobody can be asked, the run stops after the canary. */
function canaryOf({ canary }: Flags, output: Output, interrupts: Interrupts): CanaryOptions | undefined {
  if (canary === undefined) return undefined;
  if (!canAsk(output)) return { mailboxes: canary };
  const approve = async ({ counts }: RunReport): Promise<boolean> => {
    const question = `The first ${canary} had their turn: ${counts.done} placed. Go on with the others?`;
    const answer = await ask(output, question, interrupts.pause);
    if (answer === undefined && !interrupts.pause.aborted) interrupts.interrupt();
    return answer === true;
  };
  return { mailboxes: canary, approve };
}
