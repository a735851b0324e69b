/** Every code that a {@link CommandError} can carry. Each is explained in `docs/cli.md`. */
export const COMMAND_ERROR_CODES = [
  'usage',
  'config_missing',
  'config_invalid',
  'secret_missing',
  'factory_missing',
  'file_failed',
  'file_exists',
  'list_unreadable',
  'column_unclear',
  'not_confirmed',
] as const;

/** One of {@link COMMAND_ERROR_CODES}. */
export type CommandErrorCode = (typeof COMMAND_ERROR_CODES)[number];

/** What is wrong with how the command was called, or with the files it was given: nothing was sent. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly code: CommandErrorCode;
  /** What to do about it, in one sentence. */
  readonly hint: string | undefined;

  constructor(code: CommandErrorCode, message: string, hint?: string, cause?: unknown) {
    super(`[${code}] ${message}`, cause === undefined ? undefined : { cause });
    this.code = code;
    this.hint = hint;
  }
}
