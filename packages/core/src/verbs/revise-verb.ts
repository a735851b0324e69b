import { AppointedError } from '../error/appointed-error.js';
import type { RunManifest } from '../ledger/run-manifest.js';
import type { Run } from '../pipeline/run.js';
import type { RunSettings } from '../run/run-settings.js';
import { newManifest } from './new-manifest.js';
import { retracted, unfinished } from './run-refusals.js';
import { namesOf } from './slot-names.js';
import type { Verb } from './verb.js';

/** Changes what a run has placed to what the factories say now. */
export class ReviseVerb implements Verb {
  readonly name = 'revise';
  readonly task = 'update';
  readonly #settings: RunSettings;

  constructor(settings: RunSettings) {
    this.#settings = settings;
  }

  manifest(startedAt: number, transport: string): RunManifest {
    return { ...newManifest(this.#settings, startedAt, transport), state: 'revising' };
  }

  check(stored: RunManifest, isNew: boolean): void {
    if (isNew && !this.#settings.overwrite) throw nothingKnown(stored);
    if (stored.state === 'retracting' || stored.state === 'retracted') throw retracted(stored);
    const strange = this.slots().find((slot) => !stored.slots.some(({ name }) => name === slot));
    if (strange !== undefined) throw noSuchSlot(stored, strange);
    if (!isNew && stored.state === 'revising') this.#checkSameRevision(stored);
  }

  /** What an interrupted revision wrote and could not record would look like a change of its owner's to another one. */
  #checkSameRevision(stored: RunManifest): void {
    for (const { name, factory } of this.#settings.slots) {
      const begun = stored.slots.find((slot) => slot.name === name)?.version;
      if (begun !== (factory.version ?? '')) throw unfinished(stored);
    }
  }

  slots(): readonly [string, ...string[]] {
    return namesOf(this.#settings.slots);
  }

  async begin({ isContinued, manifest, parts, runId, settings }: Run): Promise<void> {
    if (!isContinued) return;
    const slots = manifest.slots.map((slot) => {
      const revised = settings.slots.find(({ name }) => name === slot.name);
      return revised === undefined ? slot : { ...slot, version: revised.factory.version ?? '' };
    });
    await parts.ledger.amend(runId, { state: 'revising', slots });
    if (settings.mailboxes === undefined) await parts.ledger.assign(runId, 'update', { slots: this.slots() });
  }

  /** As long as nobody knows of some how they ended, it is to be revised again. */
  async end({ parts, runId, tally }: Run): Promise<void> {
    if (tally.open === 0) await parts.ledger.amend(runId, { state: 'placing' });
  }
}

function nothingKnown({ runId }: RunManifest): AppointedError {
  const hint = 'Take the ledger that knows the run, or revise with overwrite.';
  return new AppointedError(
    'run_unknown',
    `the ledger has no run ${runId}, so that nobody knows which fields people have changed`,
    { field: 'overwrite', hint },
  );
}

function noSuchSlot({ runId, slots }: RunManifest, slot: string): AppointedError {
  const hint = `Its slots are: ${slots.map(({ name }) => name).join(', ')}.`;
  return new AppointedError('run_mismatch', `the run ${runId} has no slot ${slot}`, { field: 'factories', hint });
}
