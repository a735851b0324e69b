import type { RunManifest } from '../ledger/run-manifest.js';
import type { RunSettings } from '../run/run-settings.js';
import { newManifest } from './new-manifest.js';
import { namesOf } from './slot-names.js';
import type { Verb } from './verb.js';

/** Compares a run with the server. Wants nothing of its placements. */
export class VerifyVerb implements Verb {
  readonly name = 'verify';
  readonly task = 'place';
  readonly #settings: RunSettings;

  constructor(settings: RunSettings) {
    this.#settings = settings;
  }

  manifest(startedAt: number, transport: string): RunManifest {
    return newManifest(this.#settings, startedAt, transport);
  }

  check(): void {}

  slots({ slots }: RunManifest): readonly [string, ...string[]] {
    return namesOf(slots);
  }

  async begin(): Promise<void> {}
}
