import type { Appointment } from '../appointment/appointment.js';
import { isFloating } from '../appointment/in-mailbox-zone.js';
import { digestFields, type FieldDigests } from '../appointment/field-digests.js';
import { isNativeAppointment, type NativeAppointment } from '../appointment/native-appointment.js';
import type { Claim } from '../ledger/run-ledger.js';

/** What is known later of what was written; of a native appointment nothing. */
export function writtenOf({ placement }: Claim, content: Appointment | NativeAppointment): FieldDigests | undefined {
  if (isNativeAppointment(content)) return undefined;
  const { start, end, ...others } = content;
  // When it is, is not known of one that is meant in a zone that was not looked up.
  return digestFields(placement.key, isFloating(content) ? others : { ...others, start, end });
}
