import type { CommonFlags } from '../commands/flags.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import { Output } from '../output/output.js';

/** Does what a command is for, says what went wrong, and sets the exit code. */
export async function perform(flags: CommonFlags, work: (output: Output) => Promise<ExitCode>): Promise<void> {
  const output = new Output({ json: flags.json === true, debug: flags.debug === true });
  try {
    process.exitCode = await work(output);
  } catch (error) {
    const { sayFailure } = await import('./say-failure.js');
    process.exitCode = sayFailure(output, error);
  }
}

/** @returns the exit code of what only reads */
export function done(): ExitCode {
  return EXIT.done;
}
