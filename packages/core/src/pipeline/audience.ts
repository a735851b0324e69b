import { AppointedError } from '../error/appointed-error.js';
import type { Exclusions } from '../guards/exclusions.js';
import type { Mailbox } from '../mailbox/mailbox.js';
import { parseMailbox } from '../mailbox/parse-mailbox.js';
import { KeyTable } from './key-table.js';
import type { SourceRow } from './mailbox-source.js';

/** Who is meant by a list: each mailbox once, and nobody who is to be left alone. */
export class Audience {
  readonly #keyOf: (mailbox: Mailbox) => string;
  readonly #exclusions: Exclusions;
  readonly #rows = new KeyTable();
  /** How many mailboxes were accepted. */
  size = 0;

  /** @param keyOf by what a mailbox is known again: a digest */
  constructor(keyOf: (mailbox: Mailbox) => string, exclusions: Exclusions) {
    this.#keyOf = keyOf;
    this.#exclusions = exclusions;
  }

  /** Did the mailbox stand in the list? */
  hasListed(mailbox: Mailbox): boolean {
    return this.#rows.has(this.#keyOf(mailbox));
  }

  /**
   * The mailbox of a row, with its key.
   * @throws AppointedError `invalid_mailbox`, `duplicate_mailbox`, `excluded`
   */
  accept({ number, input }: SourceRow): { readonly mailbox: Mailbox; readonly key: string } {
    const mailbox = parseMailbox(input, number);
    const key = this.#keyOf(mailbox);
    const before = this.#rows.add(key, number);
    if (before > 0) throw duplicate(number, before, mailbox);
    if (this.#exclusions.has(mailbox)) throw excluded(number, mailbox);
    this.size += 1;
    return { mailbox, key };
  }
}

function duplicate(row: number, before: number, { id }: Mailbox): AppointedError {
  const message = `row ${row} ${id} stands in the list before, in row ${before}`;
  return new AppointedError('duplicate_mailbox', message, { mailbox: id, row });
}

function excluded(row: number, { id }: Mailbox): AppointedError {
  const message = `row ${row} ${id} stands in the list of those who are left alone`;
  return new AppointedError('excluded', message, { mailbox: id, row });
}
