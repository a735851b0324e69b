import { readFileSync } from 'node:fs';
import { CommanderError } from 'commander';
import { EXIT } from './exit-code.js';
import { Output } from './output/output.js';
import { packageFolder } from './package-folder.js';
import { makeProgram } from './program.js';

/** Does what a command line says. What came of it is the exit code of this process. @param args without the program's name */
export async function runProgram(args: readonly string[]): Promise<void> {
  const { version } = JSON.parse(readFileSync(new URL('package.json', packageFolder), 'utf8')) as { version: string };
  const program = makeProgram(version);
  for (const command of [program, ...program.commands]) command.exitOverride();
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usage;
    if (error.exitCode !== 0 && args.includes('--json')) recordUsage(error);
  }
}

/** People were told by commander. */
function recordUsage({ code, message }: CommanderError): void {
  const what = code === 'commander.help' ? 'no command was given' : message.replace(/^error: /, '');
  const fields = { code: 'usage', message: `[usage] ${what}`, hint: 'See --help.', exitCode: EXIT.usage };
  new Output({ json: true, debug: false }).record('error', fields);
}
