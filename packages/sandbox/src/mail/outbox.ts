/** A mail that a real server would have sent. */
export interface MailRecord {
  /** ISO 8601 in UTC, by the sandbox's clock. */
  readonly at: string;
  /** `response`: an attendee's answer. */
  readonly kind: 'request' | 'update' | 'cancellation' | 'response';
  /** The primary address of who sends it. */
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  /** The UID of the meeting that it is about. */
  readonly uid: string;
  /** A copy for the sender's Sent Items was asked for. */
  readonly savesCopy: boolean;
}

/** Where mail leaves the server, and is recorded. Whom it reaches is a matter of `meetings/`. */
export class Outbox {
  private readonly mails: MailRecord[] = [];
  private fails = false;

  /** @returns false if it does not go out */
  send(mail: MailRecord): boolean {
    if (!this.fails) this.mails.push(Object.freeze(mail));
    return !this.fails;
  }

  list(): readonly MailRecord[] {
    return [...this.mails];
  }

  clear(): void {
    this.mails.length = 0;
  }

  /** No mail goes out while something is done. */
  failing<T>(act: () => T): T {
    this.fails = true;
    try {
      return act();
    } finally {
      this.fails = false;
    }
  }
}
