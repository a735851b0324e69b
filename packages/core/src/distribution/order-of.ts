import type { RunManifest } from '../ledger/run-manifest.js';
import type { Run } from '../pipeline/run.js';
import type { WorkOrder } from './work-order.js';

/** What those who work on a run are to know of the call. @param manifest as the ledger has it */
export function orderOf(run: Run, manifest: RunManifest, areInvitationsReleased: boolean): WorkOrder {
  const { isContinued, parts, settings, verb } = run;
  const { requestTimeoutMs, settleMs, maxAttempts, stopAfterRejections, fallbackTimeZone, sendMode, lookup } = settings;
  const { unlessExists, updateSendMode, overwrite, removalSendMode, maxInvitations, maxOnlineMeetings } = settings;
  const leavers = verb.leavers?.();
  return {
    verb: verb.name as WorkOrder['verb'],
    manifest,
    isContinued,
    slots: settings.slots.map(({ name }) => name),
    settings: {
      requestTimeoutMs,
      settleMs,
      maxAttempts,
      stopAfterRejections,
      fallbackTimeZone,
      sendMode,
      lookup,
      unlessExists,
      updateSendMode,
      overwrite,
      removalSendMode,
      maxInvitations,
      maxOnlineMeetings,
    },
    excluded: settings.exclusions.ids,
    ...(leavers && { leavers }),
    areInvitationsReleased,
    events: parts.events.names,
  };
}
