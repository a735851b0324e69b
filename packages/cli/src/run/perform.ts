import { AppointedError } from '@appointed/core';
import type { CommonFlags } from '../commands/flags.js';
import { CommandError } from '../command-error.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import { Output } from '../output/output.js';
import { failureCode } from './failure-code.js';

/** Does what a command is for, says what went wrong, and sets the exit code. */
export async function perform(flags: CommonFlags, work: (output: Output) => Promise<ExitCode>): Promise<void> {
  const output = new Output({ json: flags.json === true, debug: flags.debug === true });
  try {
    process.exitCode = await work(output);
  } catch (error) {
    process.exitCode = failureCode(error);
    sayError(output, error, process.exitCode as ExitCode);
  }
}

/** One sentence with its code, and what to do; the stack only where it is wanted. */
function sayError(output: Output, error: unknown, exitCode: ExitCode): void {
  const isOurs = AppointedError.is(error) || error instanceof CommandError;
  const message = error instanceof Error ? error.message : String(error);
  const hint = isOurs ? error.hint : 'See --debug for where.';
  output.record('error', { ...(isOurs ? { code: error.code } : {}), message, hint, exitCode });
  output.note(`appointed: ${message}`, 'bad');
  if (hint !== undefined) output.note(`  ${hint}`, 'quiet');
  if (output.showsStacks) sayStack(output, error);
}

function sayStack(output: Output, error: unknown): void {
  for (let at = error; at instanceof Error; at = at.cause) {
    for (const line of (at.stack ?? '').split('\n')) output.note(line, 'quiet');
  }
}

/** @returns the exit code of what only reads */
export function done(): ExitCode {
  return EXIT.done;
}
