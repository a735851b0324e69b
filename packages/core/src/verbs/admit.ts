import { AppointedError } from '../error/appointed-error.js';
import type { Claim } from '../ledger/run-ledger.js';
import type { Run } from '../pipeline/run.js';
import { cutOff, holdBack } from '../pipeline/settle.js';

/** Counts the invitations of a placement. @returns false when it may not be sent now, and was given back */
export async function admit(run: Run, claim: Claim, invitations: number): Promise<boolean> {
  try {
    if (run.invitations.admit(claim.placement.key, invitations)) return true;
    await holdBack(run, claim);
  } catch (error) {
    if (!AppointedError.is(error) || error.code !== 'too_many_invitations') throw error;
    run.stop(error);
    await cutOff(run, claim);
  }
  return false;
}
