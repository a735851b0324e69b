import { AppointedError } from '../error/appointed-error.js';
import type { RunSettings } from '../run/run-settings.js';

/** @throws AppointedError `unsupported`, of what only one process can do */
export function checkDistributable({ canary, onPlacement, slots }: RunSettings): void {
  if (canary !== undefined) {
    throw unsupported('canary', 'Begin the run with a canary on one machine, and continue it on many.');
  }
  if (onPlacement !== undefined) {
    throw unsupported('onPlacement', 'Listen to the events, and read from the ledger what must not be missed.');
  }
  const unversioned = slots.find(({ factory }) => (factory.version ?? '') === '');
  if (unversioned === undefined) return;
  const message = `the factory of slot ${unversioned.name} has no version`;
  throw new AppointedError('unsupported', message, {
    field: unversioned.name === 'default' ? 'factory' : `factories.${unversioned.name}`,
    hint: 'Give it one: nobody could tell whether the workers have the same factory.',
  });
}

function unsupported(field: string, hint: string): AppointedError {
  return new AppointedError('unsupported', `${field} is not available where the work is distributed`, { field, hint });
}
