import type { Lane, Mailbox } from '@appointed/core';

/** What Exchange throttles together for one mailbox. Its name is made when it is asked for, which is seldom. */
export class MailboxLane implements Lane {
  readonly #mailbox: Mailbox;

  constructor(mailbox: Mailbox) {
    this.#mailbox = mailbox;
  }

  get id(): string {
    return `ews:mailbox:${this.#mailbox.id.toLowerCase()}`;
  }
}
