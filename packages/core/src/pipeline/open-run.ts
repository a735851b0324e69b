import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { AppointedError } from '../error/appointed-error.js';
import type { RunManifest } from '../ledger/run-manifest.js';
import type { Hold, LedgerOwner } from '../ledger/run-ledger.js';
import type { RunSettings } from '../run/run-settings.js';
import type { Verb } from '../verbs/verb.js';
import type { RunParts } from './run.js';

/** A run that its ledger knows and that nobody else works on. */
export interface OpenRun {
  readonly manifest: RunManifest;
  readonly isNew: boolean;
  readonly owner: LedgerOwner;
  readonly hold: Hold;
}

/**
 * Registers a run with its ledger, or finds it there, and has the verb check it.
 * @throws AppointedError what the verb's `check` throws; `run_unknown`; of the ledger `run_held`, `ledger_failed`,
 * `ledger_too_new`
 */
export async function openRun(
  { ledger, transport, clock }: Pick<RunParts, 'ledger' | 'transport' | 'clock'>,
  { mailboxes }: RunSettings,
  verb: Verb,
): Promise<OpenRun> {
  const wanted = verb.manifest(clock(), transport.name);
  const { manifest, isNew } = await ledger.open(wanted);
  const owner = { id: randomUUID(), name: `pid ${process.pid} on ${hostname()} since ${new Date().toISOString()}` };
  const hold = await ledger.hold(manifest.runId, owner);
  try {
    // Who held it until now may have read the list to its end meanwhile.
    const stored = isNew ? manifest : (await ledger.open(wanted)).manifest;
    if (isNew && mailboxes === undefined) throw unknown(stored);
    verb.check(stored, isNew);
    return { manifest: stored, isNew, owner, hold };
  } catch (error) {
    await hold.release();
    if (isNew) await ledger.forget(manifest.runId);
    throw error;
  }
}

function unknown({ runId }: RunManifest): AppointedError {
  return new AppointedError('run_unknown', `the ledger has no run ${runId}`, {
    field: 'mailboxes',
    hint: 'Give the list of mailboxes, or the ledger that knows the run.',
  });
}
