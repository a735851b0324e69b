import { AppointedError, type ErrorCode } from '@appointed/core';
import { CommandError } from '../command-error.js';
import { EXIT, type ExitCode } from '../exit-code.js';

const USAGE: ReadonlySet<ErrorCode> = new Set([
  'invalid_options',
  'invalid_mailbox',
  'factory_unresolvable',
  'run_unknown',
  'run_mismatch',
  'run_retracted',
  'run_unfinished',
  'factory_changed',
  'audience_incomplete',
  'unknown_time_zone',
  'invalid_appointment',
  'end_before_start',
]);

/** What the command ends with when it could not begin. */
export function failureCode(error: unknown): ExitCode {
  if (error instanceof CommandError) return error.code === 'not_confirmed' ? EXIT.stopped : EXIT.usage;
  if (!AppointedError.is(error)) return EXIT.defect;
  if (error.code === 'paused') return EXIT.interrupted;
  return USAGE.has(error.code) ? EXIT.usage : EXIT.stopped;
}
