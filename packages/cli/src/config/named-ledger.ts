import type { RunLedger } from '@appointed/core';
import { CommandError } from '../command-error.js';

/** What `--ledger` names. */
export type LedgerPlace =
  | { readonly kind: 'postgres'; readonly connectionString: string }
  | { readonly kind: 'file'; readonly path: string };

/** Reads `--ledger`. @throws CommandError `usage` */
export function readLedgerPlace(named: string): LedgerPlace {
  if (!/^postgres(ql)?:/.test(named)) return { kind: 'file', path: named };
  if (/^[^/]*\/\/[^@]*:[^@]*@/.test(named) || /[?&]password=/i.test(named)) {
    throw new CommandError(
      'usage',
      '--ledger holds a password, which others can read in the list of processes',
      'Give it in PGPASSWORD, or in the password file of PostgreSQL.',
    );
  }
  return { kind: 'postgres', connectionString: named };
}

/** Opens it. What is for PostgreSQL is loaded when it is asked for. @throws AppointedError `ledger_failed`, `invalid_options` */
export async function openNamedLedger(place: LedgerPlace): Promise<RunLedger> {
  if (place.kind === 'postgres') {
    const { postgresLedger } = await import('@appointed/ledger-postgres');
    return postgresLedger({ connectionString: place.connectionString });
  }
  const { sqliteLedger } = await import('@appointed/ledger-sqlite');
  return sqliteLedger({ path: place.path });
}
