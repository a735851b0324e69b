import type { CalendarStore } from '../calendar/calendar-store.js';
import type { CalendarItem } from '../calendar/item.js';
import type { Directory } from '../directory/directory.js';
import type { Mailbox } from '../directory/mailbox.js';
import type { MailRecord, Outbox } from '../mail/outbox.js';
import type { DeliveryQueue } from './delivery-queue.js';
import { fileMail, subjectOf } from './meeting-mail.js';
import { type Notice, noticeOf } from './notice.js';

interface Surroundings {
  readonly directory: Directory;
  readonly store: CalendarStore;
  readonly outbox: Outbox;
  readonly queue: DeliveryQueue;
  readonly now: () => number;
}

/** What becomes of a notice in the mailbox of somebody whom it reaches. */
export type Receive = (notice: Notice, mailbox: Mailbox) => void;

/** Takes notices: all go through the outbox, and on to those who have a mailbox here. */
export class PostOffice {
  constructor(
    private readonly around: Surroundings,
    private readonly receive: Receive,
  ) {}

  /** @returns false if mail does not go out; else the copy in Sent Items, if one was asked for */
  send(notice: Notice, kind: MailRecord['kind'], savesCopy: boolean): { copy: CalendarItem | undefined } | false {
    const { from, to, item } = notice;
    const { store, outbox, queue, now } = this.around;
    const wasSent = outbox.send({
      at: new Date(now()).toISOString(),
      kind,
      from: from.address,
      to: to.map(({ address }) => address),
      subject: kind === 'response' ? subjectOf(notice) : (item.subject ?? ''),
      uid: item.uid,
      savesCopy,
    });
    if (!wasSent) return false;
    const sent = noticeOf(notice);
    const copy = savesCopy ? fileMail(store.of(from), 'sentitems', sent) : undefined;
    if (this.mailboxesOf(sent).length > 0) queue.put(() => this.deliver(sent));
    return { copy };
  }

  private deliver(notice: Notice): void {
    for (const mailbox of this.mailboxesOf(notice)) this.receive(notice, mailbox);
  }

  /** Two addresses may be one mailbox. */
  private mailboxesOf({ to }: Notice): Mailbox[] {
    const found = to.map(({ address }) => this.around.directory.byAnyAddress(address));
    return [...new Set(found.filter((mailbox) => mailbox !== undefined))];
  }
}
