import { AppointedError } from '@appointed/core';

type Reason = readonly [what: string, hint: string];

const NO_RIGHT = 'Give this account the right to write the file and its directory.';
const FULL: Reason = ['the disk is full', 'Make room, then resume: nothing that was acknowledged is lost.'];
const DAMAGED: Reason = [
  'it is damaged',
  'Restore a backup, or move it away and run again with the same id: the server is asked then what it has.',
];
const UNKNOWN: Reason = ['it cannot be used', 'Look at the cause.'];

/** By the primary result codes of SQLite, https://sqlite.org/rescode.html; libsql has no names for some others. */
const BY_SQLITE: Readonly<Record<number, Reason>> = {
  5: ['another process keeps it locked', 'Close the program that has it open, and try again.'],
  8: ['it may not be written', NO_RIGHT],
  10: ['the disk failed', 'Look at the disk: space, quota, mount. What was acknowledged is there.'],
  11: DAMAGED,
  13: FULL,
  14: ['it cannot be opened', NO_RIGHT],
  26: ['it is not a ledger', 'Name another file; this one was not changed.'],
};

const BY_FILE_SYSTEM: Readonly<Record<string, Reason>> = {
  EACCES: ['it may not be opened', NO_RIGHT],
  EPERM: ['it may not be opened', NO_RIGHT],
  EROFS: ['the file system is read-only', 'Name a file where this account may write.'],
  ENOSPC: FULL,
  ENOTDIR: ['its directory is a file', 'Name a file in a directory.'],
  EEXIST: ['its directory is a file', 'Name a file in a directory.'],
  EISDIR: ['it is a directory', 'Name a file.'],
};

/** An error of the file system or of SQLite, as one of Appointed that says which file and what to do. */
export function ledgerFailed(path: string, cause: unknown): AppointedError {
  if (AppointedError.is(cause)) return cause;
  const [what, hint] = reasonOf(cause);
  const detail = cause instanceof Error ? cause.message : String(cause);
  return new AppointedError('ledger_failed', `the ledger ${path}: ${what} (${detail})`, { hint, cause });
}

function reasonOf(cause: unknown): Reason {
  if (!(cause instanceof Error)) return UNKNOWN;
  // What a row holds is read with JSON.parse, and what cannot be read is no row of ours.
  if (cause instanceof SyntaxError) return DAMAGED;
  const { code, rawCode = openingCode(cause) } = cause as { readonly code?: string; readonly rawCode?: number };
  return BY_SQLITE[rawCode & 0xff] ?? BY_FILE_SYSTEM[code ?? ''] ?? UNKNOWN;
}

/** When it opens a file, libsql gives the number of the error as text only. */
function openingCode({ message }: Error): number {
  return Number(/^ConnectionFailed\(.*: (\d+)"\)$/.exec(message)?.[1] ?? 0);
}
