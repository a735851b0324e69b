import { AppointedError } from '../error/appointed-error.js';
import type { Claim } from '../ledger/run-ledger.js';

/** Its owner, or somebody in the owner's name, has deleted it: that is theirs to decide, and it is not placed again. */
export function removedByOwner({ placement }: Claim): AppointedError {
  const { id } = placement.mailbox;
  return new AppointedError('removed_by_owner', `${id}: it was placed, and its owner has deleted it`, { mailbox: id });
}
