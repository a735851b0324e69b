import { AppointedError } from '../error/appointed-error.js';
import type { WorkOrder } from '../distribution/work-order.js';
import type { PlacementRow, PlacementState } from '../ledger/placement-row.js';
import type { RunManifest } from '../ledger/run-manifest.js';
import type { Mailbox } from '../mailbox/mailbox.js';
import { mailboxName } from '../mailbox/mailbox-name.js';
import type { MailboxFeeder } from '../pipeline/mailbox-feeder.js';
import type { Run } from '../pipeline/run.js';
import { planStart } from '../preflight/plan-hash.js';
import type { RunSettings } from '../run/run-settings.js';
import { Assignment } from './assignment.js';
import { newManifest } from './new-manifest.js';
import { incomplete, retracted, unfinished, unknownRun } from './run-refusals.js';
import { checkSameRun } from './same-run.js';
import { namesOf } from './slot-names.js';
import type { Verb } from './verb.js';

/** What the verbs that place have besides a run's settings. */
export interface RunVerbOptions {
  readonly name: 'run' | 'reconcile';
  /** The caller chose the id: somebody else may have used it before. */
  readonly hasCallersId: boolean;
  /** The ledger must know the run. */
  readonly mustExist: boolean;
  readonly retryRejected: boolean;
  /** Those who are not in the list any more lose what they have. */
  readonly removesLeavers: boolean;
  /** From how many of them at most. */
  readonly maxLeavers: number;
}

/** Begins or continues a run: places what is missing. */
export class RunVerb implements Verb {
  readonly name: RunVerbOptions['name'];
  readonly task = 'place';
  readonly #settings: RunSettings;
  readonly #options: RunVerbOptions;
  #list: MailboxFeeder | undefined;
  /** Who has left and is still to get something. Only where others work on it. */
  #leavers: Set<string> | undefined;

  constructor(settings: RunSettings, options: RunVerbOptions) {
    this.name = options.name;
    this.#settings = settings;
    this.#options = options;
  }

  manifest(now: number, transport: string): RunManifest {
    const { sendMode, plan, lookup } = this.#settings;
    const startedAt = plan === undefined ? now : (planStart(plan) ?? now);
    return {
      ...newManifest(this.#settings, startedAt, transport),
      ...(sendMode === undefined ? {} : { sendMode }),
      ...(this.#options.hasCallersId && lookup === 'auto' ? { looksUpFirst: true } : {}),
      ...(plan === undefined ? {} : { plan }),
    };
  }

  check(stored: RunManifest, isNew: boolean): void {
    if (isNew) {
      if (this.#options.mustExist) throw unknownRun(stored);
      return;
    }
    if (stored.state === 'retracting' || stored.state === 'retracted') throw retracted(stored);
    if (stored.state === 'revising') throw unfinished(stored);
    checkSameRun(stored, this.#settings);
    if (this.#settings.mailboxes === undefined && !stored.audienceComplete) throw incomplete(stored);
  }

  slots(): readonly [string, ...string[]] {
    return namesOf(this.#settings.slots);
  }

  /** Opens again what an earlier call left, and counts what it settled. */
  async begin(run: Run): Promise<void> {
    if (!run.isContinued) return;
    const { parts, runId } = run;
    await parts.ledger.reopen(runId, this.#options.retryRejected ? [...OPEN, 'rejected'] : OPEN, 'place');
    await countSettled(run);
  }

  /** Tells those who have left from those who are back: a reconciliation that was stopped may have meant them to go. */
  async listed(run: Run, list: MailboxFeeder): Promise<void> {
    if (this.name !== 'reconcile') return;
    this.#list = list;
    const { parts, runId } = run;
    if (this.#options.removesLeavers && !(await this.#mayRemove(run, list))) return;
    if (parts.distributor !== undefined) this.#leavers = new Set();
    const [left, back] = [new Assignment(run, 'remove'), new Assignment(run, 'place')];
    for await (const row of parts.ledger.rows(runId)) {
      const isListed = list.hasListed(row.mailbox);
      if (isListed && row.task === 'remove' && row.state !== 'removed') await back.add(row.key);
      if (!isListed && this.#options.removesLeavers && mayBeThere(row)) await left.add(row.key);
      if (!isListed && row.dueAt !== undefined) this.#leavers?.add(mailboxName(row.mailbox));
    }
    await left.flush();
    await back.flush();
    await countSettled(run);
  }

  async #mayRemove(run: Run, list: MailboxFeeder): Promise<boolean> {
    const { maxLeavers } = this.#options;
    let leavers = 0;
    for await (const row of run.parts.ledger.rows(run.runId)) {
      if (!list.hasListed(row.mailbox) && mayBeThere(row)) leavers += 1;
    }
    if (leavers > maxLeavers) run.stop(tooManyLeavers(leavers, maxLeavers));
    return leavers <= maxLeavers;
  }

  leaver(mailbox: Mailbox): 'keep' | 'remove' | undefined {
    if (this.#list === undefined || this.#list.hasListed(mailbox)) return undefined;
    return this.#fate;
  }

  leavers(): WorkOrder['leavers'] {
    return this.#leavers && { mailboxes: [...this.#leavers], fate: this.#fate };
  }

  get #fate(): 'keep' | 'remove' {
    return this.#options.removesLeavers ? 'remove' : 'keep';
  }
}

const OPEN: readonly PlacementState[] = ['waiting', 'deferred', 'unknown'];

async function countSettled({ parts, runId, tally }: Run): Promise<void> {
  const { done, rejected, removed } = await parts.ledger.settled(runId);
  tally.already = done + removed + rejected;
}

function mayBeThere({ state, receipt }: PlacementRow): boolean {
  if (state === 'removed') return false;
  return receipt !== undefined || state === 'claimed' || state === 'unknown';
}

function tooManyLeavers(leavers: number, limit: number): AppointedError {
  const message = `${leavers} placements are of mailboxes that are not in the list, and ${limit} may be removed`;
  return new AppointedError('too_many_leavers', message, {
    field: 'maxLeavers',
    hint: 'Raise maxLeavers if the list is as it should be.',
  });
}
