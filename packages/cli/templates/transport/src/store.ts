import type { Appointment, Mailbox } from '@appointed/core';

/** An appointment as it is kept. */
export interface StoredEntry {
  readonly itemId: string;
  /** Another one after each change, whoever made it. */
  readonly changeKey: string;
  /** The placement's key: by it everything is found again. */
  readonly key: string;
  /** The iCalendar UID. */
  readonly uid: string;
  /** What has no value is absent. */
  readonly fields: Partial<Appointment>;
}

/** What is to be kept. */
export type NewEntry = Omit<StoredEntry, 'itemId' | 'changeKey'>;

/**
 * Where the appointments are: the one part that knows the server. A method either does what it says, or rejects; with a
 * {@link StoreError} where nothing was done.
 */
export interface Store {
  /** Does the mailbox exist, and may we write to it? */
  check(mailbox: Mailbox): Promise<void>;
  add(mailbox: Mailbox, entry: NewEntry): Promise<StoredEntry>;
  all(mailbox: Mailbox): Promise<readonly StoredEntry[]>;
  /** Resolves to undefined where there is none. */
  get(mailbox: Mailbox, itemId: string): Promise<StoredEntry | undefined>;
  replace(mailbox: Mailbox, itemId: string, entry: NewEntry): Promise<StoredEntry>;
  /** Resolves to whether it was there. */
  delete(mailbox: Mailbox, itemId: string): Promise<boolean>;
}

/** Why nothing was done. */
export type StoreErrorCode = 'NoSuchMailbox' | 'MailboxClosed' | 'Unreachable';

/** Nothing was done, certainly. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}
