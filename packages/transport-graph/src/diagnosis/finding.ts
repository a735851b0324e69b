import type { Diagnosis } from '@appointed/core';

/** Every code of a finding of this transport. Each is explained in `docs/doctor.md`. */
export const GRAPH_DIAGNOSIS_CODES = [
  // The way to Graph
  'server_unreachable',
  'connection_local',
  'certificate_trusted',
  'certificate_untrusted',
  'address_wrong',
  'service_unavailable',
  'server_busy',
  'clock_right',
  'clock_off',
  'clock_unknown',
  'not_graph',
  // Sign-in and permissions
  'sign_in_untested',
  'sign_in_refused',
  'signed_in',
  'entra_unreachable',
  'token_unreadable',
  'token_of_user',
  'consent_unscoped',
  'consent_scoped',
  'directory_readable',
  'directory_unreadable',
  // Rights
  'rights_missing',
  'scope_holds',
  'scope_too_wide',
  'scope_unclear',
  'scope_untested',
  // Mailboxes
  'mailbox_ready',
  'mailbox_missing',
  'mailbox_refused',
  'mailbox_elsewhere',
  'address_is_alias',
  'settings_unreadable',
  'zone_missing',
  'search_refused',
  'mailbox_is_room',
  'mailbox_is_shared',
] as const;

/** One of {@link GRAPH_DIAGNOSIS_CODES}. */
export type GraphDiagnosisCode = (typeof GRAPH_DIAGNOSIS_CODES)[number];

/** A finding of this transport. */
export interface Finding extends Diagnosis {
  readonly code: GraphDiagnosisCode;
}
