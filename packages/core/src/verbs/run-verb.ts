import type { RunManifest } from '../ledger/run-manifest.js';
import type { MailboxFeeder } from '../pipeline/mailbox-feeder.js';
import type { Run } from '../pipeline/run.js';
import { planStart } from '../preflight/plan-hash.js';
import type { RunSettings } from '../run/run-settings.js';
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
}

/** Begins or continues a run: places what is missing. */
export class RunVerb implements Verb {
  readonly name: RunVerbOptions['name'];
  readonly task = 'place';
  readonly #settings: RunSettings;
  readonly #options: RunVerbOptions;

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
  async begin({ isContinued, parts, runId, tally }: Run): Promise<void> {
    if (!isContinued) return;
    const { retryRejected } = this.#options;
    const { done, rejected, removed } = await parts.ledger.settled(runId);
    tally.already(done + removed + (retryRejected ? 0 : rejected));
    const open = ['waiting', 'deferred', 'unknown'] as const;
    await parts.ledger.reopen(runId, retryRejected ? [...open, 'rejected'] : open, 'place');
  }

  async listed({ parts, runId }: Run, list: MailboxFeeder): Promise<void> {
    if (!this.#options.removesLeavers) return;
    let keys: string[] = [];
    for await (const { key, mailbox, state } of parts.ledger.rows(runId)) {
      if (state !== 'removed' && !list.hasListed(mailbox)) keys.push(key);
      if (keys.length < ASSIGNED_AT_ONCE) continue;
      await parts.ledger.assign(runId, 'remove', { keys });
      keys = [];
    }
    if (keys.length > 0) await parts.ledger.assign(runId, 'remove', { keys });
  }
}

const ASSIGNED_AT_ONCE = 500;
