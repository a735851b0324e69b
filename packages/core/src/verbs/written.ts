import type { Appointment } from '../appointment/appointment.js';
import { digestFields, type FieldDigests } from '../appointment/field-digests.js';
import { isNativeAppointment, type NativeAppointment } from '../appointment/native-appointment.js';
import type { Claim } from '../ledger/run-ledger.js';

/** What is known later of what was written; of a native appointment nothing. */
export function writtenOf({ placement }: Claim, content: Appointment | NativeAppointment): FieldDigests | undefined {
  return isNativeAppointment(content) ? undefined : digestFields(placement.key, content);
}
