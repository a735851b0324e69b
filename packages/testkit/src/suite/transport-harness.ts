import type { AppointmentTransport, Mailbox, MailboxInput, TransportCapabilities } from '@appointed/core';

/** The two functions of a test runner that a suite needs; node:test, vitest, mocha and jest have them. */
export interface SuiteRunner {
  readonly describe: (name: string, body: () => void) => unknown;
  readonly it: (name: string, test: () => Promise<void>) => unknown;
}

/** An item in a calendar, read without the transport. A harness leaves out what it cannot read. */
export interface CalendarEntry {
  readonly subject: string;
  /** The placement's key, from wherever the transport puts it. */
  readonly key?: string;
  readonly location?: string;
  readonly body?: string;
  /** Milliseconds since the epoch. */
  readonly start?: number;
}

/** A server that can be made to fail in a way that not every harness can arrange. */
export type ServerFault = 'silent' | 'answersLost';

/** What owners do to what is in their calendars, as far as a harness can do it without the transport. */
export interface OwnerDeeds {
  /** Into another calendar folder of the mailbox. */
  move?(mailbox: Mailbox, itemId: string): Promise<void>;
  /** Into the folder where it is. */
  copy?(mailbox: Mailbox, itemId: string): Promise<void>;
  /** So that its owner could still take it back. */
  delete?(mailbox: Mailbox, itemId: string): Promise<void>;
  /** Gives it another subject. */
  edit?(mailbox: Mailbox, itemId: string, subject: string): Promise<void>;
}

/** Tells {@link transportSuite} how to get at a transport. */
export interface TransportHarness {
  /** The transport's name. */
  readonly name: string;
  /** What the transport declares for the mailboxes of the harness; chooses the tests. */
  readonly capabilities: TransportCapabilities;
  /** The faults that can be arranged; each adds tests. */
  readonly faults?: readonly ServerFault[];
  /** What the harness can do in the owner's place; each adds tests. */
  readonly ownerDeeds?: readonly (keyof OwnerDeeds)[];
  /** How long one test may take before it has failed, in milliseconds. By default 10,000. */
  readonly patienceMs?: number;
  /** Makes a new transport and a server with empty calendars, for one test. */
  open(): Promise<TransportUnderTest>;
}

/** A transport and its server, for one test. */
export interface TransportUnderTest {
  readonly transport: AppointmentTransport;
  /** Mailboxes that work: another one for each n from 0 to 49. */
  mailbox(n: number): MailboxInput;
  /** The zones, IANA or Windows, of the first of these mailboxes; undefined for one whose owner has chosen none. */
  readonly zones?: readonly (string | undefined)[];
  /** A mailbox that the server does not know. */
  readonly unknown: MailboxInput;
  /** A mailbox that exists and may not be acted for. */
  readonly denied: MailboxInput;
  /** What is in a mailbox's calendar and not deleted, read without the transport; works while the server is broken. */
  stored(mailbox: Mailbox): Promise<readonly CalendarEntry[]>;
  /** From now on nobody listens where the server was. */
  takeServerAway(): Promise<void>;
  /** For the fault `silent`: from now on requests are taken and none is answered. `arrived` settles when one was taken. */
  silence?(): Promise<{ readonly arrived: Promise<unknown> }>;
  /** For the fault `answersLost`: from now on requests are done, and the connection breaks before the answer. */
  loseAnswers?(): Promise<void>;
  /** The deeds that the harness declares. */
  readonly owner?: OwnerDeeds;
  /** Closes the transport, which may be closed already, and the server. */
  close(): Promise<void>;
}
