import type { IAppointmentFactory } from '@appointed/core';
import { MeetingFactory, type MeetingOptions } from './meeting-factory.js';

/**
 * The same meeting for every mailbox, with required and optional people and resources: {@link MeetingFactory}.
 * @throws AppointedError `invalid_options` where nobody is invited; `invalid_appointment`, `end_before_start`,
 * `unknown_time_zone`
 */
export function meeting(options: MeetingOptions): IAppointmentFactory {
  return new MeetingFactory(options);
}
