import { AppointedError } from '../error/appointed-error.js';
import type { Placement } from '../events/lifecycle-events.js';
import type { Enrolment } from '../ledger/placement-row.js';
import type { Claim, Mark } from '../ledger/run-ledger.js';
import type { Receipt } from '../transport/appointment-transport.js';
import type { Outcome } from '../transport/outcome.js';
import type { PreparedPlacement } from './prepare-placement.js';
import { nextMark, type Result, untouched } from './retry.js';
import type { Run } from './run.js';

/** Records how a placement ended this time; what is not settled falls due again. Told once it is recorded. */
export async function settle(run: Run, claim: Claim, result: Result, sent?: PreparedPlacement): Promise<void> {
  const mark = nextMark(run.runId, claim, result, run.settings, Date.now());
  const { outcome } = result;
  // Before it can be claimed again: what fails everybody is not sent once more.
  if (!isOpen(mark)) run.note(claim.placement.row, outcome);
  if (!(await record(run, mark))) return;
  const placement = placementOf(run, claim);
  tell(run, placement, outcome, mark, sent);
  if (!isOpen(mark)) await end(run, placement, outcome);
}

/** Records a placement that was found on the server. */
export async function settleFound(run: Run, claim: Claim, receipts: readonly [Receipt, ...Receipt[]]): Promise<void> {
  const [receipt] = receipts;
  const outcome: Outcome<Receipt> = { kind: 'done', value: receipt };
  if (!(await record(run, nextMark(run.runId, claim, { outcome, tried: false }, run.settings, Date.now())))) return;
  const placement = placementOf(run, claim);
  run.note(placement.row, outcome);
  run.tally.duplicates(receipts.length - 1);
  if (receipts.length > 1) run.parts.events.emit('duplicatesFound', () => ({ ...placement, receipts }));
  run.parts.events.emit('placementFound', () => ({ ...placement, receipt }));
  await end(run, placement, outcome);
}

/** Gives a claim back unused: the run was stopped, or the lease is nearly over. */
export async function cutOff(run: Run, claim: Claim): Promise<void> {
  const mark = untouched(run.runId, claim, Date.now());
  if (!(await record(run, mark)) || !run.halted.aborted) return;
  // What was tried before is told of at the end of the run, with all else that rests.
  if (mark.state === 'deferred' || mark.state === 'unknown') return;
  const placement = placementOf(run, claim);
  const { id } = placement.mailbox;
  const error = new AppointedError('aborted', `${id}: the run ended before this was sent`, {
    mailbox: id,
    cause: run.halted.reason,
  });
  const outcome = { kind: 'deferred', error } as const;
  tell(run, placement, outcome, mark);
  await end(run, placement, outcome);
}

/** Counts how a placement ended, as far as this call goes, and tells the caller. */
export async function end(run: Run, ended: Enrolment, outcome: Outcome<Receipt>): Promise<void> {
  run.tally.settled(ended, outcome);
  const { row, mailbox, slot, key } = ended;
  await run.tellCaller({ runId: run.runId, row, mailbox, slot, key }, outcome);
}

/** @returns false when the lease was over and somebody else has the placement: it is theirs to look up and to tell of */
async function record(run: Run, mark: Mark): Promise<boolean> {
  try {
    await run.parts.ledger.mark([mark]);
    return true;
  } catch (error) {
    if (AppointedError.is(error) && error.code === 'claim_lost') return false;
    throw error;
  }
}

/** The caller's view of a claimed placement. Frozen: listeners are given it before it is sent. */
export function placementOf({ runId }: Run, { placement }: Claim): Placement {
  const { row, mailbox, slot, key } = placement;
  return Object.freeze({ runId, row, mailbox, slot, key });
}

/** Due again in this run or the next. A rejection that concerns the whole run is the caller's to know all the same. */
function isOpen({ state, dueAt }: Mark): boolean {
  return dueAt !== undefined && state !== 'waiting';
}

function tell(run: Run, placement: Placement, outcome: Outcome<Receipt>, mark: Mark, sent?: PreparedPlacement): void {
  const { events } = run.parts;
  const retryAt = mark.dueAt === undefined ? {} : { retryAt: new Date(mark.dueAt) };
  switch (outcome.kind) {
    case 'done': {
      const { subject = '', sendMode = 'none' } = sent ?? {};
      events.emit('placementSaved', () => ({ ...placement, subject, sendMode, receipt: outcome.value }));
      return;
    }
    case 'rejected':
      if (mark.state === 'deferred') return tell(run, placement, { kind: 'deferred', error: outcome.error }, mark);
      events.emit('placementRejected', () => ({ ...placement, error: outcome.error, scope: outcome.scope }));
      return;
    case 'deferred':
      events.emit('placementDeferred', () => ({ ...placement, error: outcome.error, ...retryAt }));
      return;
    case 'unknown':
      events.emit('placementUnknown', () => ({ ...placement, error: outcome.error, ...retryAt }));
  }
}
