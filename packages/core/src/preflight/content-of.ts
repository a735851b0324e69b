import type { Appointment } from '../appointment/appointment.js';
import type { NativeAppointment } from '../appointment/native-appointment.js';
import { AppointedError } from '../error/appointed-error.js';
import type { Run } from '../pipeline/run.js';
import { askFactory, type FactoryPlace } from '../verbs/ask-factory.js';

/** What a slot's factory makes for a mailbox, or why it makes nothing. @throws the signal's reason when the run is halted */
export async function contentOf(
  run: Run,
  place: FactoryPlace,
): Promise<Appointment | NativeAppointment | AppointedError> {
  try {
    return await askFactory(run, place);
  } catch (error) {
    if (AppointedError.is(error) && error !== run.halted.reason) return error;
    throw error;
  }
}
