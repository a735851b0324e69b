import { attendeeCount } from '../appointment/appointment.js';
import { isNativeAppointment } from '../appointment/native-appointment.js';
import { AppointedError } from '../error/appointed-error.js';
import type { Placement } from '../events/lifecycle-events.js';
import type { Claim } from '../ledger/run-ledger.js';
import type { Run } from '../pipeline/run.js';
import { defaultSendMode, type SendMode } from '../placement/send-mode.js';
import type { SaveItem, TransportCapabilities } from '../transport/appointment-transport.js';
import { askFactory } from './ask-factory.js';

/** A placement whose appointment is checked and ready to be sent. */
export interface PreparedPlacement {
  readonly claim: Claim;
  readonly subject: string;
  readonly sendMode: SendMode;
  /** How many invitations it means. */
  readonly invitations: number;
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
  checkNative(content, capabilities, placement);
  const attendees = isNativeAppointment(content) ? content.attendeeCount : attendeeCount(content);
  const sendMode = run.settings.sendMode ?? defaultSendMode(attendees);
  const always = attendees === 0 && sendMode === 'none';
  if (!always && !capabilities.sendModes.includes(sendMode)) {
    throw new AppointedError('unsupported', `${run.parts.transport.name} cannot save with the send mode ${sendMode}`, {
      mailbox: placement.mailbox.id,
      field: 'sendMode',
      hint: `It can: ${capabilities.sendModes.join(', ')}.`,
    });
  }
  const invitations = sendMode === 'none' ? 0 : attendees;
  return { claim, subject: content.subject, sendMode, invitations, item: { key: placement.key, content } };
}

function checkNative(
  content: SaveItem['content'],
  { nativeAppointments = [] }: TransportCapabilities,
  { mailbox, slot }: Placement,
): void {
  if (!isNativeAppointment(content) || nativeAppointments.includes(content.transport)) return;
  const message = `the factory of slot ${slot} made a native appointment of ${content.transport}, which cannot be saved for ${mailbox.id}`;
  throw new AppointedError('unsupported', message, { mailbox: mailbox.id });
}
