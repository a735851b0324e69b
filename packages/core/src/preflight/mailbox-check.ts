import { AppointedError } from '../error/appointed-error.js';
import type { Mailbox } from '../mailbox/mailbox.js';
import { KeyTable } from '../pipeline/key-table.js';
import type { Run } from '../pipeline/run.js';
import type { Access, Route } from '../transport/appointment-transport.js';
import type { Outcome } from '../transport/outcome.js';
import { checkCapable } from '../verbs/check-capable.js';
import { findRoute } from '../verbs/find-route.js';
import { askAccess } from './ask-access.js';
import { digestKey } from './digest-key.js';
import type { Findings } from './findings.js';
import type { Planned } from './planned.js';

/** A row of the list that is a mailbox. */
export interface ListedMailbox {
  readonly row: number;
  readonly mailbox: Mailbox;
}

/** Finds out what would fail for single mailboxes. Holds a row number for each of them. */
export class MailboxCheck {
  readonly #run: Run;
  readonly #findings: Findings;
  /** Which row has which primary address. */
  readonly #persons = new KeyTable();

  constructor(run: Run, findings: Findings) {
    this.#run = run;
    this.#findings = findings;
  }

  /** Can the transport do what is planned for a mailbox, and may it be acted for? */
  async check(listed: ListedMailbox, planned: readonly Planned[]): Promise<void> {
    const route = await findRoute(this.#run, listed.mailbox);
    if (route === undefined) return;
    if (AppointedError.is(route)) return this.#findings.add('error', route, { row: listed.row });
    for (const one of planned) this.#checkCapable(route, one);
    const outcome = await askAccess(this.#run, route, listed.mailbox);
    if (outcome !== undefined) this.#judge(listed, outcome);
  }

  #checkCapable({ capabilities }: Route, { row, mailbox, slot, content, sending }: Planned): void {
    const { name } = this.#run.parts.transport;
    try {
      checkCapable({ name, capabilities }, content, sending, { mailbox, slot });
    } catch (error) {
      if (!AppointedError.is(error)) throw error;
      this.#findings.add('error', error, { row, slot });
    }
  }

  #judge(listed: ListedMailbox, outcome: Outcome<Access>): void {
    if (outcome.kind === 'done') return this.#judgeAccess(listed, outcome.value);
    // It would fail everybody, and asking on might lock the account.
    if (outcome.kind === 'rejected' && outcome.scope === 'run') return this.#run.stop(outcome.error);
    // Also where the server has not answered: nobody knows then.
    this.#findings.add('error', outcome.error.about(listed.mailbox.id), { row: listed.row });
  }

  #judgeAccess(listed: ListedMailbox, { kind = 'mailbox', primaryAddress }: Access): void {
    if (kind !== 'mailbox') this.#findings.add('error', notAMailbox(listed, KINDS[kind]));
    if (primaryAddress === undefined) return;
    if (this.#run.settings.exclusions.has({ ...listed.mailbox, kind: 'smtp', id: primaryAddress })) {
      this.#findings.add('error', excluded(listed, primaryAddress));
    }
    const key = digestKey(primaryAddress.toLowerCase());
    const before = this.#persons.add(key, listed.row);
    if (before > 0) this.#findings.add('error', sameMailbox(listed, before, primaryAddress));
  }
}

const KINDS = { group: 'a group', contact: 'a contact', publicFolder: 'a public folder' } as const;

function notAMailbox({ row, mailbox: { id } }: ListedMailbox, kind: string): AppointedError {
  return new AppointedError('not_a_mailbox', `row ${row} ${id} is ${kind} and has no calendar of its own`, {
    row,
    mailbox: id,
    hint: 'Put the people themselves into the list.',
  });
}

function excluded({ row, mailbox: { id } }: ListedMailbox, primaryAddress: string): AppointedError {
  const message = `row ${row} ${id} is ${primaryAddress}, who stands in the list of those who are left alone`;
  return new AppointedError('excluded', message, {
    row,
    mailbox: id,
    field: 'exclude',
    hint: 'Exclude this address as well: a run knows people by the address that it is given.',
  });
}

function sameMailbox({ row, mailbox: { id } }: ListedMailbox, other: number, primaryAddress: string): AppointedError {
  const [first, second] = [Math.min(row, other), Math.max(row, other)];
  return new AppointedError('same_mailbox', `rows ${first} and ${second} are the same mailbox, ${primaryAddress}`, {
    row,
    mailbox: id,
    hint: 'Take one of them out of the list: a run would place in this calendar twice.',
  });
}
