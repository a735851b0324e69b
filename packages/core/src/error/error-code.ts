/**
 * Every code that an {@link AppointedError} can carry. Codes are part of the public API: they are matched by programs,
 * so none is renamed within a major version. Each is explained, with what to do, in `docs/errors.md`.
 */
export const ERROR_CODES = [
  // The caller's input
  'invalid_options',
  'invalid_mailbox',
  'duplicate_mailbox',
  'same_mailbox',
  'not_a_mailbox',
  'invalid_appointment',
  'end_before_start',
  'unknown_time_zone',
  'starts_in_past',
  'resource_conflict',
  'unsupported',
  'excluded',
  'exists_already',
  'changed_by_owner',
  'removed_by_owner',
  'not_placed',
  'not_wanted',
  // The caller's code
  'factory_unresolvable',
  'factory_failed',
  'factory_returned_nothing',
  'native_reused',
  'mailboxes_failed',
  'on_placement_failed',
  'transport_failed',
  // The server and the way to it
  'server_rejected',
  'server_busy',
  'server_failed',
  'response_unreadable',
  'sign_in_failed',
  'connection_failed',
  'connection_lost',
  'timed_out',
  // The ledger
  'ledger_failed',
  'ledger_too_new',
  'run_unknown',
  'run_held',
  'claim_lost',
  // The run
  'run_mismatch',
  'run_unfinished',
  'run_retracted',
  'factory_changed',
  'audience_incomplete',
  'aborted',
  'paused',
  'too_many_rejections',
  'too_many_failures',
  'too_many_mailboxes',
  'too_many_invitations',
  'too_many_online_meetings',
  'too_many_leavers',
  'not_approved',
  'time_is_up',
  'plan_changed',
] as const;

/** One of {@link ERROR_CODES}. */
export type ErrorCode = (typeof ERROR_CODES)[number];
