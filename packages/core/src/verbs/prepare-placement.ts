import type { Consequences } from '../guards/invitation-guard.js';
import type { Placement } from '../events/lifecycle-events.js';
import type { Claim } from '../ledger/run-ledger.js';
import type { Run } from '../pipeline/run.js';
import { placementUid } from '../placement/placement-key.js';
import type { SendMode } from '../placement/send-mode.js';
import type { SaveItem, TransportCapabilities } from '../transport/appointment-transport.js';
import type { Content } from './ask-factory.js';
import { checkCapable } from './check-capable.js';
import { searchKey } from './search-key.js';
import { sendingOf } from './sending.js';

/** A placement whose appointment is checked and ready to be sent. */
export interface PreparedPlacement {
  readonly claim: Claim;
  readonly placement: Placement;
  readonly subject: string;
  readonly sendMode: SendMode;
  readonly consequences: Consequences;
  readonly item: SaveItem;
}

/**
 * Checks that the transport can save what the factory has made, and says how it is sent.
 * @throws AppointedError that names the mailbox
 */
export function preparePlacement(
  run: Run,
  claim: Claim,
  placement: Placement,
  content: Content,
  capabilities: TransportCapabilities,
): PreparedPlacement {
  const sending = sendingOf(content, run.settings.sendMode);
  checkCapable({ name: run.parts.transport.name, capabilities }, content, sending, placement);
  const { sendMode, consequences } = sending;
  const item = { key: searchKey(run, claim.placement), uid: placementUid(placement.key), content };
  return { claim, placement, subject: content.subject, sendMode, consequences, item };
}
