import type { Appointment } from '../appointment/appointment.js';
import { attachedBytes } from '../appointment/attachment.js';
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
  if (isNativeAppointment(content)) checkNative(capabilities, content, place);
  else checkFields({ name, capabilities }, content, place);
  const always = attendees === 0 && sendMode === 'none';
  if (always || capabilities.sendModes.includes(sendMode)) return;
  throw new AppointedError('unsupported', `${name} cannot save with the send mode ${sendMode}`, {
    mailbox: place.mailbox.id,
    field: 'sendMode',
    hint: `It can: ${capabilities.sendModes.join(', ')}.`,
  });
}

/**
 * Can the transport carry all that an appointment says?
 * @throws AppointedError `unsupported`, naming the mailbox and the field
 */
export function checkFields(
  { name, capabilities: { maxAttachmentBytes = 0, onlineMeetings = false } }: Capable,
  appointment: Appointment,
  { mailbox: { id } }: FactoryPlace,
): void {
  const bytes = attachedBytes(appointment);
  if (appointment.attachments !== undefined && (maxAttachmentBytes === 0 || bytes > maxAttachmentBytes)) {
    const limit = maxAttachmentBytes === 0 ? 'none' : `at most ${maxAttachmentBytes} bytes of them`;
    const message = `${name} cannot save ${bytes} bytes of attachments for ${id}`;
    throw new AppointedError('unsupported', message, { mailbox: id, field: 'attachments', hint: `It takes ${limit}.` });
  }
  if (appointment.onlineMeeting === true && !onlineMeetings) {
    throw new AppointedError('unsupported', `${name} cannot have an online meeting made for ${id}`, {
      mailbox: id,
      field: 'onlineMeeting',
      hint: 'Put the link of a meeting that exists into the location or the body.',
    });
  }
}

function checkNative(
  { nativeAppointments = [] }: TransportCapabilities,
  content: NativeAppointment,
  { mailbox, slot }: FactoryPlace,
): void {
  if (nativeAppointments.includes(content.transport)) return;
  const message = `the factory of slot ${slot} made a native appointment of ${content.transport}, which cannot be saved for ${mailbox.id}`;
  throw new AppointedError('unsupported', message, { mailbox: mailbox.id });
}
