import { type AppointmentInput, type IAppointmentFactory, parseAppointment } from '@appointed/core';
import { versionOf } from '../version/version-of.js';
import { freshCopy } from './fresh-copy.js';

/** Makes the same appointment for every mailbox; in the mailbox's language and zone, where the fields say so. */
export class FixedAppointment implements IAppointmentFactory {
  readonly version: string;
  readonly #appointment: AppointmentInput;

  /**
   * @param name of the factory, as {@link versionOf} wants it
   * @throws AppointedError `invalid_appointment`, `end_before_start`, `unknown_time_zone`, as every run would for each mailbox
   */
  constructor(name: string, appointment: AppointmentInput) {
    checkAppointment(appointment);
    // Of its own, so that what the caller changes later changes no appointment.
    this.#appointment = freshCopy(appointment);
    this.version = versionOf(name, appointment);
  }

  getAppointment(): AppointmentInput {
    return freshCopy(this.#appointment);
  }
}

/** @throws AppointedError what every run would say, whatever its options */
export function checkAppointment(appointment: AppointmentInput): void {
  // What stands in for the mailbox's own zone may be said by the run.
  parseAppointment(appointment, { fallbackTimeZone: 'UTC' });
}
