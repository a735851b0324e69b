import { AppointedError } from '../error/appointed-error.js';
import type { RunManifest } from '../ledger/run-manifest.js';
import type { Run } from '../pipeline/run.js';
import type { RunSettings } from '../run/run-settings.js';
import { newManifest } from './new-manifest.js';
import { namesOf } from './slot-names.js';
import type { Verb } from './verb.js';

/** Takes back what a run has placed: all of it, and then its id is closed; or some of it. */
export class RetractVerb implements Verb {
  readonly name = 'retract';
  readonly task = 'remove';
  readonly #settings: RunSettings;
  readonly #slots: readonly string[] | undefined;

  /** @param slots only these. By default all */
  constructor(settings: RunSettings, slots: readonly string[] | undefined) {
    this.#settings = settings;
    this.#slots = slots;
  }

  manifest(startedAt: number, transport: string): RunManifest {
    const slots = (this.#slots ?? ['default']).map((name) => ({ name, version: '' }));
    return { ...newManifest(this.#settings, startedAt, transport), slots, state: 'retracting' };
  }

  check(stored: RunManifest): void {
    const strange = this.#slots?.find((slot) => !stored.slots.some(({ name }) => name === slot));
    if (strange === undefined) return;
    const hint = `Its slots are: ${stored.slots.map(({ name }) => name).join(', ')}.`;
    throw new AppointedError('run_mismatch', `the run ${stored.runId} has no slot ${strange}`, {
      field: 'slots',
      hint,
    });
  }

  slots(manifest: RunManifest): readonly [string, ...string[]] {
    return namesOf(this.#slots?.map((name) => ({ name })) ?? manifest.slots);
  }

  async begin({ isContinued, manifest, parts, runId }: Run): Promise<void> {
    if (!isContinued) return;
    if (this.#takesAll) await parts.ledger.amend(runId, { state: 'retracting' });
    if (this.#settings.mailboxes === undefined) {
      await parts.ledger.assign(runId, 'remove', { slots: this.slots(manifest) });
    }
  }

  /** What could not be removed is for the next call. */
  async end({ isContinued, parts, runId, tally }: Run): Promise<void> {
    const isWhole = this.#takesAll || !isContinued;
    if (isWhole && tally.failed === 0) await parts.ledger.amend(runId, { state: 'retracted' });
  }

  get #takesAll(): boolean {
    return this.#settings.mailboxes === undefined && this.#slots === undefined;
  }
}
