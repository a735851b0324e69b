import { AppointedError } from '../error/appointed-error.js';
import { isAddress } from './address.js';
import type { Mailbox, MailboxAttributes, MailboxInput, MailboxKind } from './mailbox.js';

const NO_ATTRIBUTES: MailboxAttributes = Object.freeze({});
const SID = /^S-1-\d{1,14}(?:-\d{1,10}){1,15}$/i;
const KINDS: readonly MailboxKind[] = ['smtp', 'upn', 'sid'];

/**
 * Reads one row of a list of mailboxes.
 * @param row where it stands in the list, counted from 1; named by the error
 * @throws AppointedError `invalid_mailbox`
 */
export function parseMailbox(input: MailboxInput, row?: number): Mailbox {
  if (typeof input === 'string') return freeze('smtp', input, NO_ATTRIBUTES, row);
  if (typeof input !== 'object' || input === null) throw refuse('is neither a string nor an object', undefined, row);
  const given = fieldsOf(input, row);
  const kinds = KINDS.filter((kind) => given[kind] !== undefined);
  const [kind] = kinds;
  if (kind === undefined || kinds.length > 1) throw refuse('needs exactly one of smtp, upn and sid', undefined, row);
  return freeze(kind, given[kind], attributesOf(given['attributes'], row), row);
}

function fieldsOf(input: object, row: number | undefined): Readonly<Record<string, unknown>> {
  try {
    return { ...input };
  } catch (cause) {
    // A getter of the caller's object.
    throw refuse('cannot be read', undefined, row, cause);
  }
}

function freeze(kind: MailboxKind, given: unknown, attributes: MailboxAttributes, row: number | undefined): Mailbox {
  if (typeof given !== 'string') throw refuse(`has a ${kind} that is not a string`, undefined, row);
  const id = given.trim();
  if (id === '') throw refuse('is empty', undefined, row);
  if (kind === 'sid' ? !SID.test(id) : !isAddress(id)) throw refuse(complaint[kind], id, row);
  return Object.freeze({ kind, id, attributes });
}

const complaint: Readonly<Record<MailboxKind, string>> = {
  smtp: 'is not an SMTP address such as alfred@contoso.com',
  upn: 'is not a user principal name such as alfred@contoso.com',
  sid: 'is not a security identifier such as S-1-5-21-1004336348-1177238915-682003330-512',
};

function attributesOf(given: unknown, row: number | undefined): MailboxAttributes {
  if (given === undefined) return NO_ATTRIBUTES;
  if (typeof given !== 'object' || given === null)
    throw refuse('has attributes that are not an object', undefined, row);
  const entries = Object.entries(given);
  const wrong = entries.find(([, value]) => typeof value !== 'string');
  if (wrong !== undefined) throw refuse(`has an attribute that is not a string: ${wrong[0]}`, undefined, row);
  return Object.freeze(Object.fromEntries(entries) as Record<string, string>);
}

function refuse(complaint: string, id: string | undefined, row: number | undefined, cause?: unknown): AppointedError {
  const where = row === undefined ? 'the mailbox' : `row ${row}`;
  const shown = id === undefined ? '' : ` ${JSON.stringify(id.slice(0, 100))}`;
  return new AppointedError('invalid_mailbox', `${where}${shown} ${complaint}`, {
    ...(id === undefined ? {} : { mailbox: id.slice(0, 100) }),
    ...(row === undefined ? {} : { row }),
    hint: 'Correct the row, or take it out of the list.',
    cause,
  });
}
