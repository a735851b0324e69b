import { LEDGER_FORMAT, type RunManifest } from '../ledger/run-manifest.js';
import type { RunSettings } from '../run/run-settings.js';

/** The first page of a run's record. */
export function newManifest({ runId, slots }: RunSettings, startedAt: number, transport: string): RunManifest {
  return {
    format: LEDGER_FORMAT,
    runId,
    startedAt,
    transport,
    slots: slots.map(({ name, factory }) => ({ name, version: factory.version ?? '' })),
    audienceComplete: false,
  };
}
