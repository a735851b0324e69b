import type { MailboxKind } from '@appointed/core';
import { CommandError } from '../command-error.js';

/** Which column names the mailbox, and as what. */
export interface Column {
  readonly index: number;
  readonly kind: MailboxKind;
}

/** Names of columns, without blanks and marks: the most telling first. */
const NAMES: readonly (readonly [MailboxKind, readonly string[]])[] = [
  ['smtp', ['smtp', 'primarysmtpaddress', 'windowsemailaddress', 'smtpaddress', 'email', 'emailaddress', 'mail']],
  ['smtp', ['emailadresse', 'mailadresse', 'adresseemail', 'courriel', 'correo', 'mailbox', 'address', 'adresse']],
  ['upn', ['upn', 'userprincipalname', 'principalname']],
  ['sid', ['sid', 'objectsid', 'securityidentifier']],
];
const ADDRESS = /^[^\s@]+@[^\s@]+$/;
const SID = /^S-1-\d/i;

/** Is it an address, a principal name or a SID, as far as one can see? */
export function looksLikeMailbox(cell: string): boolean {
  return ADDRESS.test(cell.trim()) || SID.test(cell.trim());
}

/**
 * The column that is named, or that has a telling name, or the only one whose first cell looks like a mailbox.
 * @throws CommandError `column_unclear`
 */
export function pickColumn(
  head: readonly string[],
  firstRow: readonly string[],
  named: string | undefined,
  kind: MailboxKind | undefined,
): Column {
  if (named !== undefined) return columnNamed(head, named, kind);
  const plain = head.map(plainName);
  for (const [itsKind, names] of NAMES) {
    for (const name of kind === undefined || kind === itsKind ? names : []) {
      const index = plain.indexOf(name);
      if (index >= 0) return { index, kind: itsKind };
    }
  }
  return byLooks(head, firstRow, kind);
}

function columnNamed(head: readonly string[], named: string, kind: MailboxKind | undefined): Column {
  const exact = head.indexOf(named);
  const index = exact >= 0 ? exact : head.findIndex((name) => plainName(name) === plainName(named));
  if (index >= 0) return { index, kind: kind ?? kindOfName(named) };
  throw unclear(`there is no column ${named}`, head);
}

function kindOfName(name: string): MailboxKind {
  return NAMES.find(([, names]) => names.includes(plainName(name)))?.[0] ?? 'smtp';
}

function byLooks(head: readonly string[], firstRow: readonly string[], kind: MailboxKind | undefined): Column {
  const candidates = firstRow.flatMap((cell, index) => (looksLikeMailbox(cell) ? [index] : []));
  const [index] = candidates;
  if (index === undefined || candidates.length > 1)
    throw unclear('it is not clear which column names the mailbox', head);
  return { index, kind: kind ?? (SID.test(firstRow[index]?.trim() ?? '') ? 'sid' : 'smtp') };
}

function plainName(name: string): string {
  return name.toLowerCase().replaceAll(/[\s_.()-]/g, '');
}

function unclear(message: string, head: readonly string[]): CommandError {
  return new CommandError('column_unclear', message, `Name one with --column; there are ${head.join(', ')}.`);
}
