import type { Appointment } from '../appointment/appointment.js';
import type { NativeAppointment } from '../appointment/native-appointment.js';
import type { Mailbox } from '../mailbox/mailbox.js';
import type { Sending } from '../verbs/sending.js';

/** One placement of a plan: what would be saved, and how. */
export interface Planned {
  readonly row: number;
  readonly mailbox: Mailbox;
  readonly slot: string;
  readonly content: Appointment | NativeAppointment;
  readonly sending: Sending;
}
