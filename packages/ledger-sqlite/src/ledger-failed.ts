import { AppointedError } from '@appointed/core';

/** What went wrong and what to do, by the codes of SQLite (without what follows the second underscore) and of Node. */
const REASONS: Readonly<Record<string, readonly [what: string, hint: string]>> = {
  SQLITE_FULL: ['the disk is full', 'Make room, then resume: nothing that was acknowledged is lost.'],
  ENOSPC: ['the disk is full', 'Make room, then resume: nothing that was acknowledged is lost.'],
  SQLITE_NOTADB: ['it is not a ledger', 'Name another file; this one was not changed.'],
  SQLITE_CORRUPT: [
    'it is damaged',
    'Restore it from a backup, or run with the same id and a new ledger: the server is asked then.',
  ],
  SQLITE_BUSY: ['another process keeps it locked', 'Close the program that has it open, and try again.'],
  SQLITE_READONLY: ['it may not be written', 'Give this account the right to write the file and its directory.'],
  SQLITE_CANTOPEN: ['it cannot be opened', 'Give this account the right to write the file and its directory.'],
  SQLITE_IOERR: ['the disk failed', 'Look at the disk: space, quota, mount. What was acknowledged is there.'],
  EACCES: ['it may not be opened', 'Give this account the right to write the file and its directory.'],
  EPERM: ['it may not be opened', 'Give this account the right to write the file and its directory.'],
  EROFS: ['the file system is read-only', 'Name a file where this account may write.'],
  ENOTDIR: ['its directory is a file', 'Name a file in a directory.'],
  EISDIR: ['it is a directory', 'Name a file.'],
};
const UNKNOWN = ['it cannot be used', 'Look at the cause.'] as const;

/** An error of the file system or of SQLite, as one of Appointed that says which file and what to do. */
export function ledgerFailed(path: string, cause: unknown): AppointedError {
  if (AppointedError.is(cause)) return cause;
  const [what, hint] = REASONS[codeOf(cause)] ?? UNKNOWN;
  const detail = cause instanceof Error ? cause.message : String(cause);
  return new AppointedError('ledger_failed', `the ledger ${path}: ${what} (${detail})`, { hint, cause });
}

function codeOf(cause: unknown): string {
  if (typeof cause !== 'object' || cause === null || !('code' in cause)) return openingCode(cause);
  const code = String(cause.code);
  return /^SQLITE_[A-Z]+/.exec(code)?.[0] ?? code;
}

/** When it opens a file, libsql gives the number of the error as text only. */
function openingCode(cause: unknown): string {
  const number = cause instanceof Error ? /: (\d+)"?\)?$/.exec(cause.message)?.[1] : undefined;
  return number === '14' ? 'SQLITE_CANTOPEN' : '';
}
