import type { Placement } from '../events/lifecycle-events.js';
import type { Consequences } from '../guards/invitation-guard.js';
import type { Claim } from '../ledger/run-ledger.js';
import type { Run } from '../pipeline/run.js';
import { placementUid } from '../placement/placement-key.js';
import type { SendMode } from '../placement/send-mode.js';
import type { SaveItem, TransportCapabilities } from '../transport/appointment-transport.js';
import { askFactory } from './ask-factory.js';
import { checkCapable } from './check-capable.js';
import { searchKey } from './search-key.js';
import { sendingOf } from './sending.js';

/** A placement whose appointment is checked and ready to be sent. */
export interface PreparedPlacement {
  readonly claim: Claim;
  readonly subject: string;
  readonly sendMode: SendMode;
  readonly consequences: Consequences;
  readonly item: SaveItem;
}

/**
 * Asks a slot's factory for a fresh appointment, and checks that the transport can save it.
 * @throws AppointedError that names the mailbox
 */
export async function preparePlacement(
  run: Run,
  claim: Claim,
  placement: Placement,
  capabilities: TransportCapabilities,
): Promise<PreparedPlacement> {
  const content = await askFactory(run, placement);
  const sending = sendingOf(content, run.settings.sendMode);
  checkCapable({ name: run.parts.transport.name, capabilities }, content, sending, placement);
  const { sendMode, consequences } = sending;
  const item = { key: searchKey(run, placement), uid: placementUid(placement.key), content };
  return { claim, subject: content.subject, sendMode, consequences, item };
}
