import { Command } from 'commander';
import { CommandError } from '../command-error.js';
import { OpenConfig } from '../config/open-config.js';
import type { ExitCode } from '../exit-code.js';
import type { Output } from '../output/output.js';
import { ask, canAsk } from '../run/ask.js';
import { getRun } from '../run/find-run.js';
import { done, perform } from '../run/perform.js';
import type { CommonFlags } from './flags.js';

interface Flags extends CommonFlags {
  readonly yes?: boolean;
}

const EXAMPLES = `
Examples:
  $ appointed forget all-hands-2027 --yes`;

/** `appointed forget` */
export function forgetCommand(): Command {
  return new Command('forget')
    .description('erase a run from the ledger; the appointments stay where they are')
    .argument('<run>', 'its id')
    .option('--yes', 'do not ask')
    .addHelpText('after', EXAMPLES)
    .action((runId: string, _flags, called: Command) => {
      const flags = called.optsWithGlobals<Flags>();
      return perform(flags, (output) => forget(runId, flags, output));
    });
}

async function forget(runId: string, flags: Flags, output: Output): Promise<ExitCode> {
  await using open = await OpenConfig.load(flags);
  const ledger = await open.ledger();
  await getRun(ledger, runId);
  const question = `Erase ${runId}? It can then neither be continued nor exported.`;
  if (flags.yes !== true && !(canAsk(output) && (await ask(output, question)) === true)) {
    throw new CommandError(
      'not_confirmed',
      `${runId} would be erased, and nobody said yes`,
      'Add --yes if it is meant.',
    );
  }
  await ledger.forget(runId);
  output.record('forgotten', { runId });
  output.say(`The ledger has forgotten ${runId}.`);
  return done();
}
