import {
  AppointedError,
  type AppointmentInput,
  attendeeCount,
  type IAppointmentFactory,
  parseAppointment,
} from '@appointed/core';
import { FixedAppointment } from './content/fixed-appointment.js';

/**
 * The meeting: all fields of an appointment, with at least one of required attendees, optional attendees and resources
 * (rooms and equipment).
 */
export type MeetingOptions = AppointmentInput;

/**
 * Makes the same meeting for every mailbox, each with its mailbox's owner as organizer. Unless the run's `sendMode`
 * says otherwise, everybody invited gets an invitation from each of them.
 */
export class MeetingFactory implements IAppointmentFactory {
  readonly version: string;
  readonly #meeting: FixedAppointment;

  /**
   * @throws AppointedError `invalid_options` where nobody is invited; `invalid_appointment`, `end_before_start`,
   * `unknown_time_zone`, as every run would for each mailbox
   */
  constructor(options: MeetingOptions) {
    this.#meeting = new FixedAppointment('meeting/1', options);
    this.version = this.#meeting.version;
    // The fallback is only for the check: a run may have another.
    if (attendeeCount(parseAppointment(options, { fallbackTimeZone: 'UTC' })) === 0) {
      throw new AppointedError('invalid_options', 'a meeting needs at least one attendee or resource', {
        field: 'requiredAttendees',
        hint: 'Give requiredAttendees, optionalAttendees or resources.',
      });
    }
  }

  getAppointment(): AppointmentInput {
    return this.#meeting.getAppointment();
  }
}
