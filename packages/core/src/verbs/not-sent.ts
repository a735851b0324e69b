import { AppointedError } from '../error/appointed-error.js';
import type { Claim } from '../ledger/run-ledger.js';
import type { Run } from '../pipeline/run.js';
import { cutOff, setBack } from '../pipeline/settle.js';

/** What failed before anything was sent: rejected, unless the run was only stopped. */
export async function notSent(
  run: Run,
  claim: Claim,
  error: unknown,
  scope: 'placement' | 'mailbox' = 'placement',
): Promise<void> {
  if (run.halted.aborted && error === run.halted.reason) return cutOff(run, claim);
  if (!AppointedError.is(error)) throw error;
  await setBack(run, claim, { failure: { kind: 'rejected', error, scope }, tried: false });
}
