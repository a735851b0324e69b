import { AppointedError } from '../error/appointed-error.js';
import type { RunManifest } from '../ledger/run-manifest.js';
import type { RunSettings } from '../run/run-settings.js';

/** Is the stored run the one that the caller means? @throws AppointedError `run_mismatch`, `factory_changed` */
export function checkSameRun(stored: RunManifest, { slots, sendMode, plan }: RunSettings): void {
  if (slotNames(stored.slots) !== slotNames(slots)) throw mismatch(stored, 'factories');
  if (stored.sendMode !== sendMode) throw mismatch(stored, 'sendMode');
  // Once its list is known there is nothing more that a plan could refuse.
  const needsPlan = plan !== undefined || !stored.audienceComplete;
  if (needsPlan && stored.plan !== plan) throw mismatch(stored, 'plan');
  for (const { name, factory } of slots) {
    const before = stored.slots.find((slot) => slot.name === name)?.version;
    const version = factory.version ?? '';
    if (before !== version) throw factoryChanged(stored, name, before, version);
  }
}

function slotNames(slots: readonly { readonly name: string }[]): string {
  return JSON.stringify(slots.map(({ name }) => name).toSorted());
}

function mismatch({ runId }: RunManifest, field: string): AppointedError {
  return new AppointedError('run_mismatch', `the run ${runId} was begun with other ${field}`, {
    field,
    hint: 'Continue it with the options that it was begun with, or take another id.',
  });
}

function factoryChanged({ runId }: RunManifest, slot: string, before = '', now = ''): AppointedError {
  return new AppointedError(
    'factory_changed',
    `the run ${runId} has version "${before}" of the factory of slot ${slot}, this is "${now}"`,
    {
      field: 'factories',
      hint: 'Continue it with the version that it has, so that everybody gets the same, or revise it first.',
    },
  );
}
