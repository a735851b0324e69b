import { AppointedError, type AppointmentInput, type IAppointmentFactory, type RecurrenceInput } from '@appointed/core';
import { FixedAppointment } from './content/fixed-appointment.js';

/** The series: all fields of an appointment, with a recurrence. The start is its first occurrence. */
export type SeriesOptions = AppointmentInput & { readonly recurrence: RecurrenceInput };

/**
 * The same recurring appointment for every mailbox. It recurs on the same wall time in the zone of its start, whatever the
 * clocks do in between; in each mailbox's own zone with `timeZone: 'mailbox'`.
 * @throws AppointedError `invalid_options` without a recurrence; `invalid_appointment`, `end_before_start`,
 * `unknown_time_zone`
 */
export function series(options: SeriesOptions): IAppointmentFactory {
  if ((options as AppointmentInput).recurrence === undefined) {
    throw new AppointedError('invalid_options', 'a series needs a recurrence', { field: 'recurrence' });
  }
  return new FixedAppointment('series/1', options);
}
