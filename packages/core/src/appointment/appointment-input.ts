import type { AttachmentInput } from './attachment.js';
import type { CustomPropertyInput } from './custom-property.js';
import type { Localized } from './localized.js';
import type { DateInput, MomentInput } from './moment.js';
import type { RecurrenceInput } from './recurrence.js';

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

/** Where it is; several places as a list, none of which contains a semicolon. */
export type LocationInput = string | readonly string[];

/**
 * What a factory returns: one appointment as plain data, in Outlook's words. Unknown fields are refused, so that a
 * misspelt `requiredAttendee` is an error and not an appointment without attendees.
 */
export interface AppointmentInput {
  /** At most 255 characters. */
  readonly subject: Localized<string>;
  readonly body?: Localized<BodyInput>;
  /** A moment; or a date, for an appointment that takes all day. */
  readonly start: MomentInput | DateInput;
  /** A moment, not before the start; or a date, where the start is one: the last day, that day included. */
  readonly end: MomentInput | DateInput;
  /** Several are joined by "; ", as Outlook does. */
  readonly location?: Localized<LocationInput>;
  /** With any attendee or resource the appointment is a meeting, and by default invitations are sent. */
  readonly requiredAttendees?: readonly AttendeeInput[];
  readonly optionalAttendees?: readonly AttendeeInput[];
  /** Rooms and equipment. */
  readonly resources?: readonly AttendeeInput[];
  /** Whether attendees are asked for an answer. Left out: what the server does by default, which is to ask. */
  readonly responseRequested?: boolean;
  /** Whether attendees may propose another time. Left out: what the server does by default. */
  readonly newTimeProposalsAllowed?: boolean;
  /** `false`: none. Left out: none for all day, otherwise what the server does by default. */
  readonly reminder?: false | { readonly minutesBefore: number };
  readonly showAs?: ShowAs;
  readonly sensitivity?: Sensitivity;
  readonly importance?: Importance;
  readonly categories?: readonly string[];
  readonly attachments?: readonly AttachmentInput[];
  /** Asks the server for an online meeting, with a link of its own in each mailbox. Not every transport can. */
  readonly onlineMeeting?: boolean;
  readonly customProperties?: readonly CustomPropertyInput[];
  /** The start is the first occurrence. */
  readonly recurrence?: RecurrenceInput;
}
