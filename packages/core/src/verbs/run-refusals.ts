import { AppointedError } from '../error/appointed-error.js';
import type { RunManifest } from '../ledger/run-manifest.js';

/** The ledger does not know the run. */
export function unknownRun({ runId }: RunManifest): AppointedError {
  return new AppointedError('run_unknown', `the ledger has no run ${runId}`, {
    field: 'id',
    hint: 'Take the ledger that knows the run.',
  });
}

/** Its placements were taken back. */
export function retracted({ runId }: RunManifest): AppointedError {
  return new AppointedError('run_retracted', `the run ${runId} was taken back, and its id is closed`, {
    field: 'id',
    hint: 'Begin a run with another id.',
  });
}

/** Its placements are being changed. */
export function unfinished({ runId }: RunManifest): AppointedError {
  return new AppointedError('run_unfinished', `a revision of the run ${runId} was begun and not finished`, {
    field: 'id',
    hint: 'Revise it again, with the same factories, and then continue it.',
  });
}

/** Nobody knows who else was in the list. */
export function incomplete({ runId }: RunManifest): AppointedError {
  return new AppointedError(
    'audience_incomplete',
    `the list of mailboxes of the run ${runId} was not read to its end`,
    {
      field: 'mailboxes',
      hint: 'Give the list again: who has the appointment already is skipped.',
    },
  );
}
