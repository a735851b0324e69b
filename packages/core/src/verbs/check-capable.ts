import type { Appointment } from '../appointment/appointment.js';
import { isNativeAppointment, type NativeAppointment } from '../appointment/native-appointment.js';
import { AppointedError } from '../error/appointed-error.js';
import type { TransportCapabilities } from '../transport/appointment-transport.js';
import type { FactoryPlace } from './ask-factory.js';
import type { Sending } from './sending.js';

/** A transport, as far as it decides on what can be saved. */
export interface Capable {
  readonly name: string;
  readonly capabilities: TransportCapabilities;
}

/**
 * Can the transport save an appointment so?
 * @throws AppointedError `unsupported`, naming the mailbox
 */
export function checkCapable(
  { name, capabilities }: Capable,
  content: Appointment | NativeAppointment,
  { attendees, sendMode }: Sending,
  place: FactoryPlace,
): void {
  checkNative(capabilities, content, place);
  const always = attendees === 0 && sendMode === 'none';
  if (always || capabilities.sendModes.includes(sendMode)) return;
  throw new AppointedError('unsupported', `${name} cannot save with the send mode ${sendMode}`, {
    mailbox: place.mailbox.id,
    field: 'sendMode',
    hint: `It can: ${capabilities.sendModes.join(', ')}.`,
  });
}

function checkNative(
  { nativeAppointments = [] }: TransportCapabilities,
  content: Appointment | NativeAppointment,
  { mailbox, slot }: FactoryPlace,
): void {
  if (!isNativeAppointment(content) || nativeAppointments.includes(content.transport)) return;
  const message = `the factory of slot ${slot} made a native appointment of ${content.transport}, which cannot be saved for ${mailbox.id}`;
  throw new AppointedError('unsupported', message, { mailbox: mailbox.id });
}
