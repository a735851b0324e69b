import { AppointedError } from '../error/appointed-error.js';
import { causeText } from '../error/cause-text.js';
import type { Mailbox, MailboxInput } from '../mailbox/mailbox.js';
import { parseMailbox } from '../mailbox/parse-mailbox.js';

/** Mailboxes that are never touched. */
export class Exclusions {
  readonly #ids = new Set<string>();

  /** @throws AppointedError `invalid_mailbox`: who is to be left alone must be known */
  constructor(mailboxes: Iterable<MailboxInput>) {
    let row = 0;
    for (const mailbox of mailboxes) {
      row += 1;
      this.#ids.add(idOf(parsed(mailbox, row)));
    }
  }

  /** Those with these {@link ids}. */
  static of(ids: Iterable<string>): Exclusions {
    const exclusions = new Exclusions([]);
    for (const id of ids) exclusions.#ids.add(id);
    return exclusions;
  }

  get ids(): readonly string[] {
    return [...this.#ids];
  }

  has(mailbox: Mailbox): boolean {
    return this.#ids.size > 0 && this.#ids.has(idOf(mailbox));
  }
}

function parsed(mailbox: MailboxInput, row: number): Mailbox {
  try {
    return parseMailbox(mailbox, row);
  } catch (cause) {
    const message = `row ${row} of exclude is no mailbox: ${causeText(cause)}`;
    throw new AppointedError('invalid_mailbox', message, { field: 'exclude', row, cause });
  }
}

/** An address excludes whom it names, be it written as SMTP address or as principal name. */
function idOf({ id }: Mailbox): string {
  return id.toLowerCase();
}
