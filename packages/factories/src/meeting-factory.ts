import {
  AppointedError,
  type AppointmentInput,
  attendeeCount,
  type IAppointmentFactory,
  parseAppointment,
} from '@appointed/core';

/**
 * The meeting: all fields of an appointment, with at least one of required attendees, optional attendees and
 * resources.
 */
export type MeetingOptions = AppointmentInput;

/**
 * Makes the same meeting for every mailbox, each with its mailbox's owner as organizer. Unless the run's `sendMode`
 * says otherwise, everybody invited gets an invitation from each of them.
 */
export class MeetingFactory implements IAppointmentFactory {
  readonly #meeting: AppointmentInput;

  /**
   * @throws AppointedError `invalid_options` where nobody is invited; `invalid_appointment`, `end_before_start`,
   * `unknown_time_zone`, as every run would for each mailbox
   */
  constructor(options: MeetingOptions) {
    if (attendeeCount(parseAppointment(options)) === 0) {
      throw new AppointedError('invalid_options', 'a meeting needs at least one attendee or resource', {
        field: 'requiredAttendees',
        hint: 'Give requiredAttendees, optionalAttendees or resources.',
      });
    }
    // Of its own, so that what the caller changes later changes no meeting.
    this.#meeting = structuredClone(options);
  }

  getAppointment(): AppointmentInput {
    return structuredClone(this.#meeting);
  }
}
