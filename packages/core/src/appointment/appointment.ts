import type { Importance, Sensitivity, ShowAs } from './appointment-input.js';
import type { Attachment } from './attachment.js';
import type { CustomProperty } from './custom-property.js';
import type { Moment } from './moment.js';
import type { Recurrence } from './recurrence.js';

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
 * One appointment, checked: what a transport is given. Frozen, without Dates, the lists of people and categories
 * always there; texts hold only what
 * XML 1.0 can carry. Transports may rely on all that {@link parseAppointment} checks.
 */
export interface Appointment {
  readonly subject: string;
  readonly body?: Body;
  /** Of all day: when its first day begins. */
  readonly start: Moment;
  /** Of all day: when the day after its last one begins, which is not always midnight. */
  readonly end: Moment;
  /** Absent where it does not take all day. */
  readonly isAllDay?: true;
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
  readonly responseRequested?: boolean;
  readonly newTimeProposalsAllowed?: boolean;
  /** Absent where there are none. */
  readonly attachments?: readonly Attachment[];
  /** Absent where none is asked for. */
  readonly onlineMeeting?: true;
  /** Absent where there are none. */
  readonly customProperties?: readonly CustomProperty[];
  /** From the start on, which is the first occurrence. */
  readonly recurrence?: Recurrence;
}

/** The name of a field of an appointment. */
export type AppointmentField = keyof Appointment;

/** How many people and resources are invited; 0 for an appointment that is no meeting. */
export function attendeeCount(appointment: Appointment): number {
  return appointment.requiredAttendees.length + appointment.optionalAttendees.length + appointment.resources.length;
}
