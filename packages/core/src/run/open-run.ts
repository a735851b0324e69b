import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { AppointedError } from '../error/appointed-error.js';
import { LEDGER_FORMAT, type RunManifest } from '../ledger/run-manifest.js';
import type { Hold, LedgerOwner, RunLedger } from '../ledger/run-ledger.js';
import type { RunSettings } from './run-settings.js';

/** A run that its ledger knows and that nobody else works on. */
export interface OpenRun {
  readonly manifest: RunManifest;
  readonly isNew: boolean;
  readonly owner: LedgerOwner;
  readonly hold: Hold;
}

/**
 * Registers a run with its ledger, or finds it there and checks that it is the same.
 * @throws AppointedError `run_mismatch`, `factory_changed`, `audience_incomplete`, `run_unknown`; of the ledger
 * `run_held`, `ledger_failed`, `ledger_too_new`
 */
export async function openRun(
  ledger: RunLedger,
  settings: RunSettings,
  transport: string,
  startedAt: number,
): Promise<OpenRun> {
  const wanted = manifestOf(settings, transport, startedAt);
  const { manifest, isNew } = await ledger.open(wanted);
  const owner = { id: randomUUID(), name: `pid ${process.pid} on ${hostname()} since ${new Date().toISOString()}` };
  const hold = await ledger.hold(manifest.runId, owner);
  try {
    // Who held it until now may have read the list to its end meanwhile.
    const stored = isNew ? manifest : (await ledger.open(wanted)).manifest;
    if (!isNew) checkSame(stored, wanted);
    if (settings.mailboxes === undefined && !stored.audienceComplete)
      throw isNew ? unknown(stored) : incomplete(stored);
    return { manifest: stored, isNew, owner, hold };
  } catch (error) {
    await hold.release();
    if (isNew) await ledger.forget(manifest.runId);
    throw error;
  }
}

function manifestOf(
  { runId, slots, sendMode, hasCallersId, lookup }: RunSettings,
  transport: string,
  startedAt: number,
): RunManifest {
  return {
    format: LEDGER_FORMAT,
    runId,
    startedAt,
    transport,
    slots: slots.map(({ name, factory }) => ({ name, version: factory.version ?? '' })),
    ...(sendMode === undefined ? {} : { sendMode }),
    audienceComplete: false,
    ...(hasCallersId && lookup === 'auto' ? { looksUpFirst: true } : {}),
  };
}

function checkSame(stored: RunManifest, wanted: RunManifest): void {
  if (slotNames(stored) !== slotNames(wanted)) throw mismatch(stored, 'slots');
  if (stored.sendMode !== wanted.sendMode) throw mismatch(stored, 'sendMode');
  for (const { name, version } of wanted.slots) {
    const before = stored.slots.find((slot) => slot.name === name)?.version;
    if (before !== version) throw factoryChanged(stored, name, before, version);
  }
}

function slotNames({ slots }: RunManifest): string {
  return JSON.stringify(slots.map(({ name }) => name).toSorted());
}

function mismatch({ runId }: RunManifest, field: string): AppointedError {
  return new AppointedError('run_mismatch', `the run ${runId} was begun with another ${field}`, {
    field,
    hint: 'Continue it with the options that it was begun with, or take another id.',
  });
}

function factoryChanged({ runId }: RunManifest, slot: string, before = '', now = ''): AppointedError {
  return new AppointedError(
    'factory_changed',
    `the run ${runId} was begun with version "${before}" of the factory of slot ${slot}, this is "${now}"`,
    {
      field: 'factories',
      hint: 'Continue it with the version that it was begun with, so that everybody gets the same.',
    },
  );
}

function unknown({ runId }: RunManifest): AppointedError {
  return new AppointedError('run_unknown', `the ledger has no run ${runId} that could be continued`, {
    field: 'mailboxes',
    hint: 'Give the list of mailboxes to begin it.',
  });
}

function incomplete({ runId }: RunManifest): AppointedError {
  return new AppointedError(
    'audience_incomplete',
    `the list of mailboxes of the run ${runId} was not read to its end`,
    {
      field: 'mailboxes',
      hint: 'Give the list again: who has the appointment already is skipped.',
    },
  );
}
