import type { Response } from '../calendar/item.js';
import { isZoneName } from '../calendar/zone.js';
import type { ApplicationSeed } from '../directory/application.js';
import type { MailboxSeed } from '../directory/mailbox.js';
import type { ServiceAccountSeed } from '../directory/service-account.js';
import type { FaultRule } from '../faults/fault-rule.js';
import { readFaultRule, readFaultRules } from '../faults/read-fault-rules.js';
import type { RequestRecord } from '../log/request-log.js';
import type { MailRecord } from '../mail/outbox.js';
import type { SignInSummary } from '../sign-in/sign-in-counts.js';
import { FoundNothing } from './found-nothing.js';
import { type ItemEdit, readInstant } from './item-edit.js';
import type { Machinery } from './machinery.js';
import type { MeetingMail } from './meeting-mail.js';
import type { Deletion, ItemReference } from './people.js';
import { KEY_PROPERTY, type SandboxReport, countMails, findDuplicates, itemsByMailbox } from './report.js';
import type { SandboxItem } from './sandbox-item.js';

/** What attendees can answer. */
export type AttendeeAnswer = Extract<Response, 'Accept' | 'Tentative' | 'Decline'>;

/**
 * What a test does to the sandbox behind its clients' backs. Everything but {@link SandboxControl.quiet} is synchronous
 * and takes effect at once. The HTTP API under `/control` offers the same.
 *
 * Methods throw a TypeError whose message begins with the argument that is wrong.
 */
export class SandboxControl {
  /** @internal */
  constructor(private readonly machinery: Machinery) {}

  /** The rules, those that are switched off included. */
  get faults(): readonly FaultRule[] {
    return this.machinery.faults.list();
  }

  /** Replaces all rules; an empty list ends all faults. The new rules begin to count at nothing. */
  setFaults(rules: readonly FaultRule[]): void {
    const checked = readFaultRules(rules);
    this.machinery.faults.set(checked);
  }

  /** Adds a rule after the others, which go on counting. */
  addFault(rule: FaultRule): void {
    this.machinery.faults.add(readFaultRule(rule, 'fault'));
  }

  /** Removes the rules of that name, or the one at a place in the list, counted from 0. */
  removeFault(rule: string | number): void {
    const { faults } = this.machinery;
    if (typeof rule === 'number') {
      if (!faults.removeAt(rule)) throw new FoundNothing(`index: there is no fault ${rule}`);
    } else if (faults.remove(rule) === 0) throw new FoundNothing(`name: no fault is called "${rule}"`);
  }

  /** Switches the rule at a place in the list, counted from 0, on or off. It goes on counting where it was. */
  switchFault(index: number, on: boolean): void {
    if (!this.machinery.faults.switchAt(index, on)) throw new FoundNothing(`index: there is no fault ${index}`);
  }

  /** Carries out at once what `stored: 'late'` has put off. */
  settle(): void {
    this.machinery.timers.settle();
  }

  /** Resolves when no mail about a meeting is on its way any more, and every room has decided. */
  quiet(): Promise<void> {
    return this.machinery.meetings.queue.quiet();
  }

  /**
   * What has happened.
   * @param property the custom property to look for duplicates by: its name, or all of `String {guid} Name name`
   */
  report(property: string = KEY_PROPERTY): SandboxReport {
    const { directory, store, log, outbox, meetings, timers, randomSeed } = this.machinery;
    const byMailbox = itemsByMailbox(directory, store);
    return {
      randomSeed,
      requests: log.summary(),
      items: Object.values(byMailbox).reduce((sum, count) => sum + count, 0),
      itemsByMailbox: byMailbox,
      duplicates: findDuplicates(directory, store, property),
      mails: countMails(outbox.list()),
      deliveries: meetings.queue.pending,
      lateStores: timers.lateStores,
    };
  }

  /** The last 10,000 requests that have ended, oldest first; those to the control API are not among them. */
  requests(): readonly RequestRecord[] {
    return this.machinery.log.list();
  }

  /** How clients have signed in to EWS and Autodiscover, counted since the start or the last reset. */
  signIns(): SignInSummary {
    return this.machinery.signIn.counts.summary();
  }

  /** The mails that a real server would have sent, whether or not they reach somebody here. */
  mails(): readonly MailRecord[] {
    return this.machinery.outbox.list();
  }

  /**
   * Empties the sandbox: items, mails, what is on its way, request log, counts of sign-ins, late stores and the clock's
   * setting go.
   * Mailboxes, accounts and fault rules stay; the rules begin to count anew.
   */
  reset(): void {
    const { store, log, outbox, meetings, timers, clock, faults, signIn } = this.machinery;
    timers.dropLateStores();
    meetings.queue.drop();
    store.clear();
    log.clear();
    signIn.counts.clear();
    outbox.clear();
    clock.reset();
    faults.set(faults.list());
  }

  /** What the sandbox takes for the current time. */
  now(): Date {
    return new Date(this.machinery.clock.now());
  }

  /** Sets the clock; it goes on from there. @param time ISO 8601 with `Z` or an offset */
  setClock(time: string): void {
    this.machinery.clock.set(readInstant('time', time));
  }

  /** Moves the clock on; {@link setClock} sets it back. */
  advanceClock(ms: number): void {
    if (!(ms >= 0 && Number.isFinite(ms))) throw new TypeError('ms: must be a number of milliseconds, not below 0');
    this.machinery.clock.advance(ms);
  }

  /**
   * Appointments and meetings in a mailbox, all folders, in the order in which they were stored. Takes any of its
   * addresses.
   */
  items(mailbox: string): readonly SandboxItem[] {
    return this.machinery.people.items(mailbox);
  }

  /** Mail about meetings that is in a mailbox, all folders: requests, responses, cancellations. */
  meetingMails(mailbox: string): readonly MeetingMail[] {
    return this.machinery.people.meetingMails(mailbox);
  }

  /** Somebody drags an item into another folder: well-known (`inbox`) or made by {@link createFolder}. Its id changes. */
  move(item: ItemReference, folder: string): SandboxItem {
    return this.machinery.people.move(item, folder);
  }

  /** Somebody deletes an item. @returns what is left of it; undefined after `purge` */
  delete(item: ItemReference, deletion: Deletion = 'deleteditems'): SandboxItem | undefined {
    return this.machinery.people.delete(item, deletion);
  }

  /** Somebody copies an item, into the same folder if none is named: custom properties stay, the UID is a new one. */
  copy(item: ItemReference, folder?: string): SandboxItem {
    return this.machinery.people.copy(item, folder);
  }

  /** Somebody changes fields of an item. */
  edit(item: ItemReference, changes: ItemEdit): SandboxItem {
    return this.machinery.people.edit(item, changes);
  }

  /** Somebody dismisses the reminder: the ChangeKey moves, the content stays. */
  dismissReminder(item: ItemReference): SandboxItem {
    return this.machinery.people.dismissReminder(item);
  }

  /** An attendee answers. `item` is the organizer's. */
  answer(item: ItemReference, attendee: string, answer: AttendeeAnswer): SandboxItem {
    return this.machinery.people.answer(item, attendee, answer);
  }

  /** Makes a folder: one for appointments below the calendar, one for mail below the mailbox's root. */
  createFolder(mailbox: string, name: string, holds: 'appointments' | 'mail' = 'appointments'): void {
    this.machinery.people.createFolder(mailbox, name, holds);
  }

  /** Primary addresses. */
  mailboxes(): readonly string[] {
    return this.machinery.directory.mailboxes.map(({ address }) => address);
  }

  createMailbox(seed: MailboxSeed): void {
    checkZone(seed);
    this.machinery.directory.addMailbox(seed);
  }

  /** Removes a mailbox with all that is in it. */
  removeMailbox(mailbox: string): void {
    const { directory, store } = this.machinery;
    const found = directory.byAnyAddress(mailbox);
    if (found === undefined) throw new FoundNothing(`mailbox: ${mailbox} is unknown`);
    directory.removeMailbox(found);
    store.forget(found);
  }

  /** User names. */
  serviceAccounts(): readonly string[] {
    return this.machinery.directory.serviceAccounts.map(({ user }) => user);
  }

  createServiceAccount(seed: ServiceAccountSeed): void {
    this.machinery.directory.addServiceAccount(seed);
  }

  /** Removes an account; its credentials get 401 from then on. */
  removeServiceAccount(user: string): void {
    const { directory, signIn } = this.machinery;
    if (!directory.removeServiceAccount(user)) throw new FoundNothing(`user: ${user} is unknown`);
    signIn.forget();
  }

  /** Client ids. */
  applications(): readonly string[] {
    return this.machinery.directory.applications.map(({ clientId }) => clientId);
  }

  createApplication(seed: ApplicationSeed): void {
    this.machinery.directory.addApplication(seed);
  }

  /** Removes an application; its secret and its tokens get 401 from then on. */
  removeApplication(clientId: string): void {
    if (!this.machinery.directory.removeApplication(clientId)) {
      throw new FoundNothing(`clientId: ${clientId} is unknown`);
    }
  }
}

/** @throws TypeError for a time zone that nobody knows */
export function checkZone({ address, timeZone }: MailboxSeed): void {
  if (timeZone !== undefined && !isZoneName(timeZone)) {
    throw new TypeError(`mailboxes: time zone "${timeZone}" of ${address} is unknown; write an IANA or Windows name`);
  }
}
