import type { Diagnosis } from '@appointed/core';

/** Every code of a finding of this transport. Each is explained in `docs/doctor.md`. */
export const EWS_DIAGNOSIS_CODES = [
  // The way to the server
  'server_unreachable',
  'connection_local',
  'connection_plain',
  'certificate_trusted',
  'certificate_untrusted',
  'certificate_expires',
  'address_wrong',
  'service_unavailable',
  'server_busy',
  'not_exchange',
  'clock_right',
  'clock_off',
  'clock_unknown',
  // Sign-in and version
  'sign_in_offered',
  'sign_in_not_offered',
  'sign_in_unasked',
  'sign_in_untested',
  'sign_in_refused',
  'channel_binding_broken',
  'channel_binding_required',
  'ews_forbidden',
  'signed_in',
  'build_supported',
  'build_too_old',
  'build_online',
  'build_unknown',
  // Rights
  'rights_missing',
  'role_missing',
  'scope_holds',
  'scope_too_wide',
  'scope_unclear',
  'scope_untested',
  // Mailboxes
  'mailbox_ready',
  'mailbox_missing',
  'mailbox_refused',
  'not_a_mailbox',
  'address_is_alias',
  'zone_missing',
  'earlier_appointments',
  'search_refused',
  'rooms_listed',
  'rooms_unknown',
  'mailbox_is_room',
] as const;

/** One of {@link EWS_DIAGNOSIS_CODES}. */
export type EwsDiagnosisCode = (typeof EWS_DIAGNOSIS_CODES)[number];

/** A finding of this transport. */
export interface Finding extends Diagnosis {
  readonly code: EwsDiagnosisCode;
}
