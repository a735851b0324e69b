import type { AppointmentTransport, Mailbox } from '@appointed/core';

/** Where a mailbox lives: on premises, or in Exchange Online. */
export type Side = 'exchange' | 'online';

/** The two halves of an organisation. The transport closes both. */
export interface HybridOptions {
  /** The way to the mailboxes on premises: `ews(...)`. */
  readonly exchange: AppointmentTransport;
  /** The way to those in Exchange Online: `graph(...)`. */
  readonly online: AppointmentTransport;
  /**
   * Where a mailbox lives, as far as that is known before: the name of the attribute that says `exchange` or `online`, or a
   * function, which is asked once for each mailbox. What it does not say is found out by asking both sides; and so is what
   * turns out to be otherwise.
   */
  readonly where?: string | ((mailbox: Mailbox) => Side | undefined | Promise<Side | undefined>);
}
