import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Command, Option } from 'commander';
import { isEwsUrl, URL_HINT } from '../init/ews-url.js';
import { ENTRA_NAME_HINT, isEntraName } from '../init/entra-name.js';
import { configText, factoryText, type InitAnswers, transportText } from '../init/templates.js';
import { APP_SIGN_INS, type AppSignInKind, SIGN_INS, type SignInKind } from '../init/transport-text.js';
import { CommandError } from '../command-error.js';
import type { ExitCode } from '../exit-code.js';
import type { Output } from '../output/output.js';
import { canAsk } from '../run/ask.js';
import { done, perform } from '../run/perform.js';
import type { CommonFlags } from './flags.js';

interface Flags extends CommonFlags {
  readonly url?: string;
  readonly signIn?: SignInKind;
  readonly tenant?: string;
  readonly clientId?: string;
  readonly appSignIn?: AppSignInKind;
  readonly where?: string;
  readonly factory?: string;
  readonly force?: boolean;
}

const CONFIG = 'appointed.config.ts';

const EXAMPLES = `
Examples:
  $ appointed init
  $ appointed init --url https://mail.contoso.com/EWS/Exchange.asmx --factory all-hands
  $ appointed init --tenant contoso.onmicrosoft.com --client-id 2b0623dd-90fa-4c5c-bee8-8dc18bd4d948 --factory online`;

/** `appointed init` */
export function initCommand(): Command {
  return new Command('init')
    .description(`write ${CONFIG} and a first factory; asks for what is not given`)
    .option('--url <url>', 'the address of Exchange Web Services, where mailboxes live on Exchange Server')
    .addOption(new Option('--sign-in <kind>', 'how the service account signs in').choices(SIGN_INS))
    .option('--tenant <tenant>', 'its id or a domain of it, where mailboxes live in Exchange Online')
    .option('--client-id <id>', 'the id of the application in Entra')
    .addOption(new Option('--app-sign-in <kind>', 'how the application signs in').choices(APP_SIGN_INS))
    .option('--where <column>', 'the column of lists that says exchange or online, where they live on both')
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
  const transport = transportText(answers);
  const files = { [CONFIG]: configText(answers, transport), [`factories/${answers.factory}.ts`]: factoryText() };
  for (const file of Object.keys(files)) {
    if (flags.force === true || !existsSync(file)) continue;
    throw new CommandError('file_exists', `${file} is there already`, 'Add --force to write over it.');
  }
  for (const [file, text] of Object.entries(files)) {
    await write(file, text);
    output.record('written', { file });
    output.say(`Written: ${file}`);
  }
  output.say(`${transport.preparations.join('. ')}, and then:`);
  output.say(`  appointed preview --mailboxes people.csv --factory ${answers.factory}`);
  return done();
}

/** Asks for what is not given, where there is somebody; a factory has a name in any case. */
async function answersOf(flags: Flags, output: Output): Promise<InitAnswers> {
  checkFlags(flags);
  const { url, signIn, tenant, clientId, appSignIn, where, factory } = flags;
  if (url !== undefined || tenant !== undefined) {
    return {
      exchange: url === undefined ? undefined : { url, signIn: signIn ?? 'ntlm' },
      online: tenant && clientId ? { tenant, clientId, appSignIn: appSignIn ?? 'secret' } : undefined,
      where,
      factory: factory ?? 'lesson',
    };
  }
  if (!canAsk(output)) {
    throw new CommandError('usage', 'nobody can be asked where mailboxes live', 'Give --url, or --tenant, or both.');
  }
  const { askInit } = await import('../init/ask-init.js');
  return askInit({ signIn, appSignIn, where, factory });
}

function checkFlags({ url, tenant, clientId, factory }: Flags): void {
  if (factory !== undefined && !/^[\w-]+$/.test(factory)) {
    throw new CommandError('usage', `${factory} is no name for a factory`, 'Take letters, digits, - and _.');
  }
  if (url !== undefined && !isEwsUrl(url)) {
    throw new CommandError('usage', '--url is no address of Exchange Web Services', URL_HINT);
  }
  if ((tenant === undefined) !== (clientId === undefined)) {
    throw new CommandError('usage', '--tenant and --client-id go together', 'Give both.');
  }
  for (const [flag, name] of [['--tenant', tenant] as const, ['--client-id', clientId] as const]) {
    if (name !== undefined && !isEntraName(name)) throw new CommandError('usage', `${flag} is no id`, ENTRA_NAME_HINT);
  }
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
