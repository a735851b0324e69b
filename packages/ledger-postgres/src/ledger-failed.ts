import { AppointedError } from '@appointed/core';

type Reason = readonly [what: string, hint: string];

const MIGRATE =
  'Make its tables once: appointed migrate --ledger postgres://…, or migrate() of @appointed/ledger-postgres.';
const RIGHTS = 'Give this account USAGE of the schema, and SELECT, INSERT, UPDATE and DELETE on its tables.';
const SIGN_IN: Reason = ['the server refused the sign-in', 'Check user, password and pg_hba.conf.'];
const LOST: Reason = [
  'the connection was lost',
  'See that the server is there, then resume: what was acknowledged is stored.',
];
const UNREACHABLE: Reason = ['no connection to the server', 'Check host and port, and whether the server runs.'];
const FULL: Reason = ['the server is out of room', 'Make room, then resume: nothing that was acknowledged is lost.'];
const READ_ONLY: Reason = [
  'the server only lets itself be read',
  'Connect to the primary server, not to a copy of it.',
];
const BUSY: Reason = ['the server takes no more connections', 'Raise max_connections, or lower the number of workers.'];
const TOO_SLOW: Reason = ['a statement took too long', 'Look at what keeps the server busy, then resume.'];
const UNKNOWN: Reason = ['it cannot be used', 'Look at the cause.'];

/** By SQLSTATE, its class, or the code of an error of Node's. https://www.postgresql.org/docs/current/errcodes-appendix.html */
const BY_CODE: Readonly<Record<string, Reason>> = {
  '08': LOST,
  '25006': READ_ONLY,
  '28': SIGN_IN,
  '3D000': ['there is no such database', 'Create it, or name another.'],
  '3F000': ['it has no tables', MIGRATE],
  '42P01': ['it has no tables', MIGRATE],
  '42501': ['this account may not use it', RIGHTS],
  '53': FULL,
  '53300': BUSY,
  '57P03': ['the server is starting or ending', 'Try again.'],
  '57P': LOST,
  '57014': TOO_SLOW,
  '55P03': TOO_SLOW,
  ECONNREFUSED: UNREACHABLE,
  ENOTFOUND: UNREACHABLE,
  EHOSTUNREACH: UNREACHABLE,
  ENETUNREACH: UNREACHABLE,
  EAI_AGAIN: UNREACHABLE,
  ETIMEDOUT: UNREACHABLE,
  ENOENT: UNREACHABLE,
  ECONNRESET: LOST,
  EPIPE: LOST,
};

/** What `pg` says of itself has no code. */
const BY_MESSAGE: readonly (readonly [pattern: RegExp, reason: Reason])[] = [
  [/Connection terminated|Client has encountered a connection error|not queryable/, LOST],
  [/timeout exceeded when trying to connect|connection timeout/, UNREACHABLE],
  [/Query read timeout/, TOO_SLOW],
  [/SASL|password must be/, SIGN_IN],
  [/does not support SSL/, ['the server offers no encryption', 'Leave sslmode out, or let the server offer TLS.']],
];

/** An error of PostgreSQL or of the way to it, as one of Appointed that says which ledger and what to do. */
export function ledgerFailed(name: string, cause: unknown): AppointedError {
  if (AppointedError.is(cause)) return cause;
  const [what, hint] = reasonOf(cause);
  const detail = cause instanceof Error && cause.message !== '' ? cause.message : codeOf(cause);
  return new AppointedError('ledger_failed', `the ledger ${name}: ${what} (${detail})`, { hint, cause });
}

/**
 * The transaction was certainly not made, and may succeed when it is repeated: a conflict with another, a deadlock, or the
 * server has ended the connection by itself.
 */
export function isRepeatable(error: unknown): boolean {
  return ['40001', '40P01', '57P01'].includes(codeOf(error));
}

/** Did the server say no to a statement, so that the connection can still be used? */
export function isRefusal(error: unknown): boolean {
  return /^(?!08|57P)[0-9A-Z]{5}$/.test(codeOf(error)) && error instanceof Error && 'severity' in error;
}

function reasonOf(cause: unknown): Reason {
  const code = codeOf(cause);
  const byCode = BY_CODE[code] ?? BY_CODE[code.slice(0, 3)] ?? BY_CODE[code.slice(0, 2)];
  if (byCode !== undefined) return byCode;
  const message = cause instanceof Error ? cause.message : '';
  return BY_MESSAGE.find(([pattern]) => pattern.test(message))?.[1] ?? UNKNOWN;
}

function codeOf(error: unknown): string {
  const { code } = error instanceof Error ? (error as { readonly code?: unknown }) : {};
  return typeof code === 'string' ? code : 'no code';
}
