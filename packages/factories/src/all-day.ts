import type { AppointmentInput, DateInput, IAppointmentFactory } from '@appointed/core';
import { FixedAppointment } from './content/fixed-appointment.js';

/** What takes all day: all fields of an appointment, with days in place of moments. */
export interface AllDayOptions extends Omit<AppointmentInput, 'start' | 'end'> {
  /** The first day. A string is `YYYY-MM-DD` in the mailbox's own zone. */
  readonly start: DateInput | string;
  /** The last day, that day included. Left out: the first. */
  readonly end?: DateInput | string;
}

/**
 * The same appointment of one or several whole days for every mailbox: a holiday, an absence. It is shown as free, and
 * reminds nobody, unless the options say otherwise.
 * @throws AppointedError `invalid_appointment`, `end_before_start`, `unknown_time_zone`
 */
export function allDay(options: AllDayOptions): IAppointmentFactory {
  return new FixedAppointment('all-day/1', wholeDays(options));
}

/** The appointment that {@link allDay} makes of its options. */
export function wholeDays({ start, end = start, ...fields }: AllDayOptions): AppointmentInput {
  return { showAs: 'free', ...fields, start: dayOf(start), end: dayOf(end) };
}

function dayOf(day: DateInput | string): DateInput {
  return typeof day === 'string' ? { date: day } : day;
}
