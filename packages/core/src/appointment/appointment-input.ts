import type { MomentInput } from './moment.js';

/** How the time is shown to others (Outlook's "Show as"). */
export const SHOW_AS = ['free', 'tentative', 'busy', 'oof', 'workingElsewhere'] as const;
/** One of {@link SHOW_AS}; EWS element LegacyFreeBusyStatus, Graph property showAs. */
export type ShowAs = (typeof SHOW_AS)[number];

/** Outlook's sensitivities. */
export const SENSITIVITIES = ['normal', 'personal', 'private', 'confidential'] as const;
/** One of {@link SENSITIVITIES}; EWS element Sensitivity. */
export type Sensitivity = (typeof SENSITIVITIES)[number];

/** Outlook's importances. */
export const IMPORTANCES = ['low', 'normal', 'high'] as const;
/** One of {@link IMPORTANCES}; EWS element Importance. */
export type Importance = (typeof IMPORTANCES)[number];

/** Somebody invited: an SMTP address, or an address with the name to show. */
export type AttendeeInput = string | { readonly address: string; readonly name?: string };

/** Text for the body: a string is plain text. */
export type BodyInput = string | { readonly text: string } | { readonly html: string };

/**
 * What a factory returns: one appointment as plain data, in Outlook's words. Unknown fields are refused, so that a
 * misspelt `requiredAttendee` is an error and not an appointment without attendees.
 */
export interface AppointmentInput {
  /** At most 255 characters. */
  readonly subject: string;
  readonly body?: BodyInput;
  readonly start: MomentInput;
  /** Not before the start. */
  readonly end: MomentInput;
  readonly location?: string;
  /** With any attendee or resource the appointment is a meeting, and by default invitations are sent. */
  readonly requiredAttendees?: readonly AttendeeInput[];
  readonly optionalAttendees?: readonly AttendeeInput[];
  /** Rooms and equipment. */
  readonly resources?: readonly AttendeeInput[];
  /** `false`: none. Left out: what the server does by default. */
  readonly reminder?: false | { readonly minutesBefore: number };
  readonly showAs?: ShowAs;
  readonly sensitivity?: Sensitivity;
  readonly importance?: Importance;
  readonly categories?: readonly string[];
}
