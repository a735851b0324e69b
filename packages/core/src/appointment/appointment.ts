import type { Importance, Sensitivity, ShowAs } from './appointment-input.js';
import type { Moment } from './moment.js';

/** Somebody invited. */
export interface Attendee {
  readonly address: string;
  readonly name?: string;
}

/** The text of an appointment. */
export interface Body {
  readonly format: 'text' | 'html';
  readonly content: string;
}

/**
 * One appointment, checked: what a transport is given. Frozen, without Dates, every list present; texts hold only what
 * XML 1.0 can carry. Transports may rely on all that {@link parseAppointment} checks.
 */
export interface Appointment {
  readonly subject: string;
  readonly body?: Body;
  readonly start: Moment;
  readonly end: Moment;
  readonly location?: string;
  readonly requiredAttendees: readonly Attendee[];
  readonly optionalAttendees: readonly Attendee[];
  readonly resources: readonly Attendee[];
  /** `false`: none; absent: what the server does by default. */
  readonly reminder?: false | { readonly minutesBefore: number };
  readonly showAs?: ShowAs;
  readonly sensitivity?: Sensitivity;
  readonly importance?: Importance;
  readonly categories: readonly string[];
}

/** The name of a field of an appointment. */
export type AppointmentField = keyof Appointment;

/** How many people and resources are invited; 0 for an appointment that is no meeting. */
export function attendeeCount(appointment: Appointment): number {
  return appointment.requiredAttendees.length + appointment.optionalAttendees.length + appointment.resources.length;
}
