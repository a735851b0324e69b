import { Argument, Command } from 'commander';
import type { ExitCode } from '../exit-code.js';
import type { Output } from '../output/output.js';
import { done, perform } from '../run/perform.js';
import { packageName } from '../scaffold/package-name.js';
import { PLUGIN_KINDS, type PluginKind, scaffold } from '../scaffold/scaffold.js';
import type { CommonFlags } from './flags.js';

interface Flags extends CommonFlags {
  readonly force?: boolean;
}

const EXAMPLES = `
Examples:
  $ appointed new factory first-aid
  $ appointed new transport @contoso/calendar-folder`;

/** `appointed new` */
export function newCommand(): Command {
  return new Command('new')
    .description('write a package of your own, with its test, ready to publish')
    .addArgument(new Argument('<kind>', 'what it is').choices(PLUGIN_KINDS))
    .argument('<name>', 'the name of the package; also of its folder')
    .option('--force', 'write over what is there')
    .addHelpText('after', EXAMPLES)
    .action((kind: PluginKind, name: string, _flags, called: Command) => {
      const flags = called.optsWithGlobals<Flags>();
      return perform(flags, (output) => make(kind, name, called.parent?.version(), flags, output));
    });
}

async function make(
  kind: PluginKind,
  given: string,
  version = '0.0.0',
  { force = false }: Flags,
  output: Output,
): Promise<ExitCode> {
  const name = packageName(given, kind);
  for (const file of await scaffold({ kind, name, version, force })) {
    output.record('written', { file });
    output.say(`Written: ${file}`);
  }
  output.say('And then:');
  for (const line of [`cd ${name.short}`, 'npm install', 'npm test']) output.say(`  ${line}`);
  output.say('Until Appointed is on npm, install its tarballs instead: npm install --no-save ../tarballs/*.tgz');
  return done();
}
