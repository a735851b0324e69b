import type { IAppointmentFactory, MailboxInput } from '@appointed/core';

/** Tells {@link factorySuite} how to get at a factory. */
export interface FactoryHarness {
  readonly name: string;
  /** Makes the factory, anew for each test; with the same options. */
  make(): IAppointmentFactory | Promise<IAppointmentFactory>;
  /** For whom it is asked, with the attributes that it needs. By default three people without attributes. */
  readonly mailboxes?: readonly MailboxInput[];
  /** The run's zone for what is meant in the mailbox's own: an IANA or Windows name. By default UTC. */
  readonly fallbackTimeZone?: string;
  /** How long one test may take before it has failed, in milliseconds. By default 10,000. */
  readonly patienceMs?: number;
}
