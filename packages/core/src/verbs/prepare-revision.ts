import type { Appointment } from '../appointment/appointment.js';
import { isNativeAppointment } from '../appointment/native-appointment.js';
import { AppointedError } from '../error/appointed-error.js';
import type { Claim } from '../ledger/run-ledger.js';
import type { Run } from '../pipeline/run.js';
import { placementOf } from '../pipeline/settle.js';
import type { Route, StoredItem } from '../transport/appointment-transport.js';
import { askFactory } from './ask-factory.js';
import { type Changes, changesOf } from './changes.js';
import { type Capable, checkFields } from './check-capable.js';
import type { MailboxZone } from './mailbox-zone.js';
import { notSent } from './not-sent.js';

/** One placed item, as it is and as it is to be. */
export interface Revision {
  readonly claim: Claim;
  readonly stored: StoredItem;
  readonly wanted: Appointment;
  readonly changes: Changes;
}

/** The way to one mailbox, and what is only known there. */
export interface Way {
  readonly route: Route;
  readonly zone: MailboxZone;
}

/**
 * Asks a slot's factory what a placed item is to be, and compares; checks that the transport can make the changes.
 * @returns undefined when there is nothing to be done; the claim is settled or set back then
 */
export async function prepareRevision(
  run: Run,
  { route, zone }: Way,
  claim: Claim,
  stored: StoredItem,
): Promise<Revision | undefined> {
  const capable = { name: run.parts.transport.name, capabilities: route.capabilities };
  try {
    const wanted = await zone.settle(claim, await askForPlainData(run, claim, capable));
    if (wanted === undefined) return undefined;
    const { key, written } = claim.placement;
    const changes = changesOf({ key, wanted, stored: stored.fields, written }, run.settings.overwrite);
    checkChangeable(capable, changes, claim);
    return { claim, stored, wanted, changes };
  } catch (error) {
    await notSent(run, claim, error);
    return undefined;
  }
}

async function askForPlainData(run: Run, claim: Claim, capable: Capable): Promise<Appointment> {
  const placement = placementOf(run, claim);
  const wanted = await askFactory(run, placement);
  if (isNativeAppointment(wanted)) throw notComparable(placement.mailbox.id);
  checkFields(capable, wanted, placement);
  return wanted;
}

function notComparable(mailbox: string): AppointedError {
  const message = `${mailbox}: a native appointment cannot be compared with what is on the server`;
  return new AppointedError('unsupported', message, { mailbox, hint: 'Revise with a factory of plain data.' });
}

/** All or nothing: what is revised in part would look as if it were right. */
function checkChangeable({ name, capabilities }: Capable, { set, clear }: Changes, { placement }: Claim): void {
  const { unchangeableFields = [] } = capabilities;
  const field = unchangeableFields.find((one) => one in set || clear.includes(one));
  if (field === undefined) return;
  const { id } = placement.mailbox;
  throw new AppointedError('unsupported', `${name} cannot change ${field} of what ${id} has already`, {
    mailbox: id,
    field,
    hint: 'Nothing of it was changed. Take it back and place it anew, under another id.',
  });
}
