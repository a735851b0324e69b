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
      this.#ids.add(idOf(parseMailbox(mailbox, row)));
    }
  }

  has(mailbox: Mailbox): boolean {
    return this.#ids.size > 0 && this.#ids.has(idOf(mailbox));
  }
}

/** An address excludes whom it names, be it written as SMTP address or as principal name. */
function idOf({ id }: Mailbox): string {
  return id.toLowerCase();
}
