import { AppointedError } from '../error/appointed-error.js';
import type { Claim } from '../ledger/run-ledger.js';
import type { Run } from '../pipeline/run.js';
import { cutOff, setBack, skip } from '../pipeline/settle.js';

/** What came to nothing before it was sent: rejected, unless the run was only stopped, or nothing is wanted. */
export async function notSent(
  run: Run,
  claim: Claim,
  error: unknown,
  scope: 'placement' | 'mailbox' = 'placement',
): Promise<void> {
  if (run.halted.aborted && error === run.halted.reason) return cutOff(run, claim);
  if (!AppointedError.is(error)) throw error;
  if (error.code === 'not_wanted') return passOver(run, claim, error);
  await setBack(run, claim, { failure: { kind: 'rejected', error, scope }, tried: false });
}

/** What is there stays there: to take it away is for `retract`. */
function passOver(run: Run, claim: Claim, error: AppointedError): Promise<void> {
  const { receipt, written } = claim.placement;
  return skip(run, claim, { state: 'done', ...(receipt && { receipt }), ...(written && { written }) }, error);
}
