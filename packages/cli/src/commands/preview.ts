import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AppointedError, type ImpersonationRunner, type Plan, type PreflightOptions } from '@appointed/core';
import { Command } from 'commander';
import { findFactories } from '../config/find-factories.js';
import { OpenConfig } from '../config/open-config.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import { begunList } from '../list/begun-list.js';
import type { ListOptions } from '../list/list-options.js';
import { inFlags } from '../output/in-flags.js';
import type { Output } from '../output/output.js';
import { writePrivately } from '../output/private-file.js';
import type { PlannedItem } from '../preview/content-recorder.js';
import { nowhere } from '../preview/nowhere.js';
import { sayItems } from '../preview/say-items.js';
import { placeOptions } from '../run/call-options.js';
import { Interrupts } from '../run/interrupts.js';
import { newRunId } from '../run/new-run-id.js';
import { perform } from '../run/perform.js';
import { several, wholeNumber } from '../run/read-flags.js';
import { contentWords, factoryWords, listWords } from '../run/repeated-flags.js';
import { shellLine } from '../run/shell-line.js';
import { type CommonFlags, FACTORY_HELP, listOf, type PlaceFlags, withListFlags, withPlaceFlags } from './flags.js';

interface Flags extends CommonFlags, PlaceFlags {
  readonly mailboxes: string;
  readonly id?: string;
  readonly first: number;
  readonly ics?: string;
  readonly calendar?: boolean;
  readonly check?: boolean;
  readonly force?: boolean;
}

const EXAMPLES = `
Examples:
  $ appointed preview --mailboxes people.csv --factory lesson
  $ appointed preview --mailboxes people.csv --factory lesson --calendar
  $ appointed preview --mailboxes people.csv --factory lesson --first 2 --ics preview
  $ appointed preview --mailboxes people.csv --factory lesson --check --json`;

/** `appointed preview` */
export function previewCommand(): Command {
  const command = new Command('preview')
    .description('what a run would write, and to whom invitations would go; writes nothing')
    .requiredOption('-f, --factory <name>', FACTORY_HELP, several)
    .option('--id <id>', 'the id of the run that is meant')
    .option('--first <n>', 'show the first n mailboxes', wholeNumber(0), 10)
    .option('--calendar', 'show pictures of the weeks in place of the table')
    .option('--ics <directory>', 'write what is shown as .ics files')
    .option('--force', 'write over files that are there')
    .option('--check', 'ask the server about every mailbox, too');
  return withPlaceFlags(withListFlags(command, true))
    .addHelpText('after', EXAMPLES)
    .action((_flags, called: Command) => {
      const flags = called.optsWithGlobals<Flags>();
      return perform(flags, (output) => preview(flags, output));
    });
}

async function preview(flags: Flags, output: Output): Promise<ExitCode> {
  await using open = await OpenConfig.load(flags);
  const factories = await findFactories(open, flags.factory, flags.id);
  const { ContentRecorder } = await import('../preview/content-recorder.js');
  const recorder = new ContentRecorder(factories, flags.first, flags.timeZone);
  const runner = await open.runner({
    maxInFlight: flags.maxInFlight,
    plugin: recorder.plugin,
    ...(flags.check === true ? {} : { standIn: nowhere() }),
  });
  sayFindings(runner, output);
  using interrupts = new Interrupts(output);
  const options: PreflightOptions = {
    ...(await placeOptions(flags)),
    mailboxes: await begunList(listOf(flags) as ListOptions),
    factories: recorder.factories,
    id: flags.id ?? newRunId(flags.factory),
    check: flags.check === true ? 'all' : 'content',
  };
  const plan = await runner
    .preflight({ ...options, signal: interrupts.stop, pause: interrupts.pause })
    .catch((cause: unknown) => {
      throw interrupts.pause.aborted ? interrupted(cause) : cause;
    });
  await sayItems(output, recorder.items, { asPicture: flags.calendar === true });
  if (flags.ics !== undefined) await writeIcs(flags.ics, recorder.items, flags, output);
  sayPlan(output, plan, flags);
  return plan.counts.errors > 0 ? EXIT.someFailed : EXIT.done;
}

/** What to do is the same for all of a code, and is said once. */
function sayFindings(runner: ImpersonationRunner, output: Output): void {
  const advised = new Set<string>();
  runner.on('findingMade', ({ finding }) => {
    const { severity, code, message, hint } = finding;
    output.record('finding', finding);
    output.say(`${severity.padEnd(9)} [${code}] ${message}`, severity === 'error' ? 'bad' : 'doubtful');
    if (hint === undefined || advised.has(code)) return;
    advised.add(code);
    output.say(`${' '.repeat(10)}${inFlags(hint)}`, 'quiet');
  });
}

function interrupted(cause: unknown): AppointedError {
  const hint = 'Call it again to have all of it.';
  return new AppointedError('paused', 'the preview was interrupted, and there is no plan', { hint, cause });
}

async function writeIcs(
  directory: string,
  items: readonly PlannedItem[],
  { force }: Flags,
  output: Output,
): Promise<void> {
  const { toIcs } = await import('../preview/to-ics.js');
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const isOneEach = new Set(items.map(({ slot }) => slot)).size < 2;
  for (const item of items) {
    const name = isOneEach ? item.mailbox.id : `${item.mailbox.id}.${item.slot}`;
    // An address may hold what a path must not.
    const file = join(directory, `${name.replaceAll(/[^\w.@+-]/g, '_')}.ics`);
    await writePrivately(file, [toIcs(item)], { force });
    output.record('written', { file });
  }
  output.say(`${items.length} files written to ${directory}.`);
}

function sayPlan(output: Output, plan: Plan, flags: Flags): void {
  const { counts, topRecipients, hash, runId } = plan;
  output.record('plan', plan);
  const mail =
    counts.meetings === 0
      ? 'no invitations'
      : `${counts.meetings} of them meetings: ${counts.invitations} invitations to ${counts.recipients} people`;
  output.say(
    `${counts.placements} appointments for ${counts.mailboxes} mailboxes of ${counts.rows} rows, ${mail}. ` +
      `${counts.errors} errors, ${counts.warnings} warnings.`,
    counts.errors > 0 ? 'bad' : 'good',
  );
  for (const { address, invitations } of topRecipients.filter((one) => one.invitations > 1)) {
    output.say(`${address} would get ${invitations} invitations.`, 'doubtful');
  }
  if (flags.mailboxes === '-') return output.say(`Plan ${hash} of run ${runId}.`);
  const words = ['appointed', 'place', ...listWords(flags), ...factoryWords(flags), ...contentWords(flags)];
  return output.say(`To do exactly that: ${shellLine([...words, '--id', runId, '--plan', hash])}`);
}
