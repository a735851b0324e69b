import { findZone } from '../calendar/zone.js';
import type { Machinery } from '../control/machinery.js';
import type { Mailbox } from '../directory/mailbox.js';
import type { FaultRule } from '../faults/fault-rule.js';
import { record } from '../log/request-log.js';
import type { Changes, MailboxRow, Snapshot, Totals } from './page-state.js';
import { sample } from './sample.js';

/** Requests that a page begins with. */
const FIRST = 200;

/** What a mailbox was when it was looked at last. */
interface Seen {
  readonly items: number;
  readonly version: number;
}

/** Finds out what has changed in a sandbox since it was asked last. It only looks: nothing else has work with it. */
export class Watch {
  private seen = new Map<Mailbox, Seen>();
  private faults: readonly FaultRule[] = [];
  private ended = 0;
  private resets = 0;
  private totals = '';

  constructor(private readonly machinery: Machinery) {}

  /** Everything, for a page that opens; {@link changes} goes on from here. */
  snapshot(): Snapshot {
    const { directory, faults, log, randomSeed } = this.machinery;
    this.seen = new Map(directory.mailboxes.map((mailbox) => [mailbox, this.look(mailbox)]));
    this.faults = faults.list();
    this.ended = log.ended;
    this.resets = log.resets;
    const totals = this.count();
    this.totals = JSON.stringify(totals);
    return {
      randomSeed,
      mailboxes: directory.mailboxes.map((mailbox) => this.row(mailbox)),
      faults: this.faults,
      requests: log.endedAfter(this.ended - FIRST).map(record),
      totals,
    };
  }

  /** What has changed; undefined if nothing has, a snapshot where it was emptied or mailboxes came or went. */
  changes(): Changes | Snapshot | undefined {
    const { directory, faults, log } = this.machinery;
    const { mailboxes } = directory;
    if (log.resets !== this.resets || mailboxes.length !== this.seen.size) return this.snapshot();
    const changed: [string, number][] = [];
    for (const mailbox of mailboxes) {
      const before = this.seen.get(mailbox);
      if (before === undefined) return this.snapshot();
      const now = this.look(mailbox);
      if (now.version === before.version) continue;
      this.seen.set(mailbox, now);
      changed.push([mailbox.address, now.items]);
    }
    const rules = faults.list();
    const hasOtherFaults = rules.length !== this.faults.length || rules.some((rule, at) => rule !== this.faults[at]);
    this.faults = rules;
    const ended = log.endedAfter(this.ended);
    const requests = sample(ended).map(record);
    const leftOut = log.ended - this.ended - requests.length;
    this.ended = log.ended;
    const totals = this.count();
    const text = JSON.stringify(totals);
    if (changed.length === 0 && !hasOtherFaults && text === this.totals) return undefined;
    this.totals = text;
    return { mailboxes: changed, ...(hasOtherFaults ? { faults: rules } : {}), requests, leftOut, totals };
  }

  private look(mailbox: Mailbox): Seen {
    const calendar = this.machinery.store.peek(mailbox);
    return { items: calendar?.size ?? 0, version: calendar?.version ?? -1 };
  }

  private row(mailbox: Mailbox): MailboxRow {
    const { address, name, timeZone, room, remote } = mailbox;
    const zone = findZone(timeZone)?.iana ?? 'UTC';
    return { address, name, timeZone: zone, room, remote, items: this.look(mailbox).items };
  }

  private count(): Totals {
    const { log, outbox, timers, clock } = this.machinery;
    const { total, inFlight, byFault } = log.summary();
    const ahead = clock.now() - Date.now();
    return {
      requests: total,
      inFlight,
      mails: outbox.list().length,
      lateStores: timers.lateStores,
      struck: byFault,
      clockAheadMs: Math.round(ahead / 1000) * 1000,
    };
  }
}
