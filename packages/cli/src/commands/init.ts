import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Command, Option } from 'commander';
import { isEwsUrl, URL_HINT } from '../init/ews-url.js';
import {
  configText,
  factoryText,
  type InitAnswers,
  PREPARATIONS,
  SIGN_INS,
  type SignInKind,
} from '../init/templates.js';
import { CommandError } from '../command-error.js';
import type { ExitCode } from '../exit-code.js';
import type { Output } from '../output/output.js';
import { canAsk } from '../run/ask.js';
import { done, perform } from '../run/perform.js';
import type { CommonFlags } from './flags.js';

interface Flags extends CommonFlags {
  readonly url?: string;
  readonly signIn?: SignInKind;
  readonly factory?: string;
  readonly force?: boolean;
}

const CONFIG = 'appointed.config.ts';

const EXAMPLES = `
Examples:
  $ appointed init
  $ appointed init --url https://mail.contoso.com/EWS/Exchange.asmx --factory all-hands`;

/** `appointed init` */
export function initCommand(): Command {
  return new Command('init')
    .description(`write ${CONFIG} and a first factory; asks for what is not given`)
    .option('--url <url>', 'the address of Exchange Web Services')
    .addOption(new Option('--sign-in <kind>', 'how the service account signs in').choices(SIGN_INS))
    .option('--factory <name>', 'the name of the first factory')
    .option('--force', 'write over what is there')
    .addHelpText('after', EXAMPLES)
    .action((_flags, called: Command) => {
      const flags = called.optsWithGlobals<Flags>();
      return perform(flags, (output) => init(flags, output));
    });
}

async function init(flags: Flags, output: Output): Promise<ExitCode> {
  const answers = await answersOf(flags, output);
  const files = { [CONFIG]: configText(answers), [`factories/${answers.factory}.ts`]: factoryText() };
  for (const file of Object.keys(files)) {
    if (flags.force === true || !existsSync(file)) continue;
    throw new CommandError('file_exists', `${file} is there already`, 'Add --force to write over it.');
  }
  for (const [file, text] of Object.entries(files)) {
    await write(file, text);
    output.record('written', { file });
    output.say(`Written: ${file}`);
  }
  output.say(`${PREPARATIONS[answers.signIn]}, and then:`);
  output.say(`  appointed preview --mailboxes people.csv --factory ${answers.factory}`);
  return done();
}

/** Asks for what is not given, where there is somebody; a factory has a name in any case. */
async function answersOf({ url, signIn, factory }: Flags, output: Output): Promise<InitAnswers> {
  if (factory !== undefined && !/^[\w-]+$/.test(factory)) {
    throw new CommandError('usage', `${factory} is no name for a factory`, 'Take letters, digits, - and _.');
  }
  if (url !== undefined && !isEwsUrl(url)) {
    throw new CommandError('usage', '--url is no address of Exchange Web Services', URL_HINT);
  }
  if (url !== undefined) return { url, signIn: signIn ?? 'ntlm', factory: factory ?? 'lesson' };
  if (!canAsk(output)) throw new CommandError('usage', 'nobody can be asked for the address', 'Give --url.');
  const { askInit } = await import('../init/ask-init.js');
  return askInit({ signIn, factory });
}

async function write(file: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new CommandError('file_failed', `${file} cannot be written: ${why}`, 'Choose another directory.', cause);
  }
}
