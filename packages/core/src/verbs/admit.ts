import { AppointedError } from '../error/appointed-error.js';
import type { Consequences } from '../guards/invitation-guard.js';
import type { Claim } from '../ledger/run-ledger.js';
import type { Run } from '../pipeline/run.js';
import { cutOff, holdBack } from '../pipeline/settle.js';

const TOO_MANY: ReadonlySet<string> = new Set(['too_many_invitations', 'too_many_online_meetings']);

/** Counts what a placement means. @returns false when it may not be sent now, and was given back */
export async function admit(run: Run, claim: Claim, consequences: Consequences): Promise<boolean> {
  try {
    if (run.invitations.admit(claim.placement.key, consequences)) return true;
    await holdBack(run, claim);
  } catch (error) {
    if (!AppointedError.is(error) || !TOO_MANY.has(error.code)) throw error;
    run.stop(error);
    await cutOff(run, claim);
  }
  return false;
}
