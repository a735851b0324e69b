import { AppointedError } from '../error/appointed-error.js';
import type { Placement } from '../events/lifecycle-events.js';
import type { Claim, Mark } from '../ledger/run-ledger.js';
import type { Receipt } from '../transport/appointment-transport.js';
import type { Failure } from '../transport/outcome.js';
import { heldBack, nextMark, type Setback, settledMark, type Standing, untouched } from './retry.js';
import type { Run } from './run.js';

/** What became of a placement whose task is done. */
export interface Done {
  readonly standing: Standing;
  /** It was sent for; otherwise it was found done. */
  readonly tried: boolean;
  readonly value: Receipt | 'removed';
}

/** Records that a placement's task is done. `tell` is called once that is recorded. */
export function settle(
  run: Run,
  claim: Claim,
  { standing, tried, value }: Done,
  tell: (placement: Placement) => void,
  placement: Placement = placementOf(run, claim),
): Promise<void> {
  return record(run, settledMark(run.runId, claim, standing, tried)).then((isRecorded) => {
    if (!isRecorded) return undefined;
    const outcome = { kind: 'done', value } as const;
    run.note(placement.row, outcome);
    tell(placement);
    return run.end(placement, outcome);
  });
}

/** Records that a placement is passed over because of a rule, and how it stands. */
export async function skip(run: Run, claim: Claim, standing: Standing, error: AppointedError): Promise<void> {
  if (!(await record(run, settledMark(run.runId, claim, { ...standing, error }, false)))) return;
  const placement = placementOf(run, claim);
  run.parts.events.emit('placementSkipped', () => ({ ...placement, error }));
  await run.end(placement, { kind: 'skipped', error });
}

/** Records a setback: what is not settled falls due again. Told once it is recorded. */
export async function setBack(run: Run, claim: Claim, setback: Setback): Promise<void> {
  const mark = nextMark(run.runId, claim, setback, run.settings, Date.now());
  const { failure } = setback;
  const isFinal = mark.dueAt === undefined || concernsRun(failure);
  // Before it can be claimed again: what fails everybody is not sent once more.
  if (isFinal) run.note(claim.placement.row, failure);
  if (!(await record(run, mark))) return;
  const placement = placementOf(run, claim);
  tell(run, placement, failure, mark);
  if (isFinal) await run.end(placement, failure);
}

/** A rejection that concerns the whole run is the caller's to know, although the placement can be taken up again. */
function concernsRun(failure: Failure): boolean {
  return failure.kind === 'rejected' && failure.scope === 'run';
}

/** Keeps a claim back until the run says otherwise. @returns false when somebody else has it */
export function holdBack(run: Run, claim: Claim): Promise<boolean> {
  return record(run, heldBack(run.runId, claim));
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
  const failure = { kind: 'deferred', error } as const;
  tell(run, placement, failure, mark);
  await run.end(placement, failure);
}

/** @returns false when the lease was over and somebody else has the placement: it is theirs to look up and to tell of */
function record(run: Run, mark: Mark): Promise<boolean> {
  return run.parts.ledger.mark([mark]).then(isRecorded, isLost);
}

function isRecorded(): true {
  return true;
}

function isLost(error: unknown): false {
  if (AppointedError.is(error) && error.code === 'claim_lost') return false;
  throw error;
}

/** The caller's view of a claimed placement. Frozen: listeners are given it before it is sent. */
export function placementOf({ runId }: Run, { placement }: Claim): Placement {
  const { row, mailbox, slot, key } = placement;
  return Object.freeze({ runId, row, mailbox, slot, key });
}

function tell(run: Run, placement: Placement, failure: Failure, mark: Mark): void {
  const { events } = run.parts;
  const { error } = failure;
  const retryAt = mark.dueAt === undefined ? {} : { retryAt: new Date(mark.dueAt) };
  if (failure.kind === 'unknown') events.emit('placementUnknown', () => ({ ...placement, error, ...retryAt }));
  else if (failure.kind === 'rejected' && (mark.dueAt === undefined || concernsRun(failure))) {
    events.emit('placementRejected', () => ({ ...placement, error, scope: failure.scope }));
  } else events.emit('placementDeferred', () => ({ ...placement, error, ...retryAt }));
}
