import { type Appointment, attendeeCount } from '../appointment/appointment.js';
import { isNativeAppointment, type NativeAppointment } from '../appointment/native-appointment.js';
import type { Consequences } from '../guards/invitation-guard.js';
import { defaultSendMode, type SendMode } from '../placement/send-mode.js';

/** How an appointment is sent. */
export interface Sending {
  readonly attendees: number;
  readonly sendMode: SendMode;
  readonly consequences: Consequences;
}

/** @param sendMode the run's; by default the rule for attendees decides */
export function sendingOf(content: Appointment | NativeAppointment, sendMode: SendMode | undefined): Sending {
  const attendees = isNativeAppointment(content) ? content.attendeeCount : attendeeCount(content);
  const mode = sendMode ?? defaultSendMode(attendees);
  const onlineMeetings = !isNativeAppointment(content) && content.onlineMeeting === true ? 1 : 0;
  const consequences = { invitations: mode === 'none' ? 0 : attendees, onlineMeetings };
  return { attendees, sendMode: mode, consequences };
}
