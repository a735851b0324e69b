import type { ErrorCode } from './error-code.js';

/** Marks the class across several copies of this package in one process. */
const marker = Symbol.for('appointed.error');

/** What a server said of a failed request, as far as it said anything. Nothing here is secret. */
export interface ServerDetails {
  /** HTTP status, where a response arrived. */
  readonly httpStatus?: number;
  /** The protocol's own code, e.g. EWS `ErrorNonExistentMailbox` (the ResponseCode element). */
  readonly code?: string;
  /** The protocol's own message, shortened to 500 characters. */
  readonly message?: string;
  /** The server's id of the request (EWS header `request-id`), for its administrators. */
  readonly requestId?: string;
  /** Our id of the request (EWS header `client-request-id`). */
  readonly clientRequestId?: string;
  /** The server that answered (EWS header `X-FEServer`). */
  readonly frontEnd?: string;
  /** The server's diagnostics (header `x-ms-diagnostics`), shortened to 500 characters. */
  readonly diagnostics?: string;
  /** How long the server asked us to wait, in milliseconds (`BackOffMilliseconds` or `Retry-After`). */
  readonly backOffMs?: number;
}

/** What an error is about. All optional; an error names what it can. */
export interface ErrorSubject {
  /** The mailbox, as the caller gave it. */
  readonly mailbox?: string;
  /** The field of the appointment or of the options, as a path: `requiredAttendees[2].address`. */
  readonly field?: string;
  /** The row of the list of mailboxes, counted from 1. */
  readonly row?: number;
  /** What to do about it, in one sentence. */
  readonly hint?: string;
  /** What the server said. */
  readonly server?: ServerDetails;
  /** The error that caused this one. */
  readonly cause?: unknown;
}

/**
 * The one class of errors that Appointed reports. Match on {@link AppointedError.code}, never on the message.
 * The message starts with the code in brackets, so that a log line is enough to look it up.
 */
export class AppointedError extends Error {
  override readonly name = 'AppointedError';
  readonly code: ErrorCode;
  readonly mailbox?: string;
  readonly field?: string;
  readonly row?: number;
  readonly hint?: string;
  readonly server?: ServerDetails;

  constructor(code: ErrorCode, message: string, subject: ErrorSubject = {}) {
    super(`[${code}] ${message}`, subject.cause === undefined ? undefined : { cause: subject.cause });
    Object.defineProperty(this, marker, { value: true });
    this.code = code;
    if (subject.mailbox !== undefined) this.mailbox = subject.mailbox;
    if (subject.field !== undefined) this.field = subject.field;
    if (subject.row !== undefined) this.row = subject.row;
    if (subject.hint !== undefined) this.hint = subject.hint;
    if (subject.server !== undefined) this.server = subject.server;
  }

  /** Is it an AppointedError, from whichever copy of this package? */
  static is(value: unknown): value is AppointedError {
    try {
      return typeof value === 'object' && value !== null && marker in value;
    } catch {
      // A revoked proxy.
      return false;
    }
  }

  /** The same error, naming the mailbox it concerns. */
  about(mailbox: string): AppointedError {
    if (this.mailbox !== undefined) return this;
    const said = this.message.slice(this.code.length + 3);
    return new AppointedError(this.code, `${mailbox}: ${said}`, { ...this, mailbox, cause: this.cause });
  }

  /** What a program may log: plain data, without stack and cause. */
  toJSON(): Record<string, unknown> {
    const { code, message, mailbox, field, row, hint, server } = this;
    return { code, message, mailbox, field, row, hint, server };
  }
}
