import { AppointedError } from '@appointed/core';
import { CommandError } from '../command-error.js';
import type { ExitCode } from '../exit-code.js';
import { inFlags } from '../output/in-flags.js';
import type { Output } from '../output/output.js';
import { failureCode } from './failure-code.js';

/** One sentence with its code, and what to do; the stack only where it is wanted. @returns what the command ends with */
export function sayFailure(output: Output, error: unknown): ExitCode {
  const exitCode = failureCode(error);
  const isOurs = AppointedError.is(error) || error instanceof CommandError;
  const message = error instanceof Error ? error.message : String(error);
  const hint = isOurs ? error.hint : 'See --debug for where.';
  output.record('error', { ...(isOurs ? { code: error.code } : {}), message, hint, exitCode });
  output.note(`appointed: ${message}`, 'bad');
  if (hint !== undefined) output.note(`  ${inFlags(hint)}`, 'quiet');
  if (output.showsStacks) sayStack(output, error);
  return exitCode;
}

function sayStack(output: Output, error: unknown): void {
  for (let at = error; at instanceof Error; at = at.cause) {
    for (const line of (at.stack ?? '').split('\n')) output.note(line, 'quiet');
  }
}
