import { MailboxCalendar } from './mailbox-calendar.js';

/** The calendars of all mailboxes. Knows nothing of any protocol. */
export class CalendarStore {
  private readonly calendars = new Map<string, MailboxCalendar>();
  private counter = 1000;
  /** The log's number of the request that is being carried out; undefined while nobody asks, and people act. */
  cause: number | undefined = undefined;

  constructor(private readonly now: () => number) {}

  /** A mailbox's calendar, made when it is first asked for. */
  of(mailbox: { readonly guid: string }): MailboxCalendar {
    let calendar = this.calendars.get(mailbox.guid);
    if (calendar === undefined) {
      calendar = new MailboxCalendar({
        now: this.now,
        next: () => (this.counter += 1),
        cause: () => this.cause,
      });
      this.calendars.set(mailbox.guid, calendar);
    }
    return calendar;
  }

  /** A mailbox's calendar, if anybody has asked for it. */
  peek(mailbox: { readonly guid: string }): MailboxCalendar | undefined {
    return this.calendars.get(mailbox.guid);
  }

  /** Everything that was in a mailbox is gone. */
  forget(mailbox: { readonly guid: string }): void {
    this.calendars.delete(mailbox.guid);
  }

  /** Everything is gone. */
  clear(): void {
    this.calendars.clear();
  }
}
