/** Every code of a finding of the command itself; a transport has its own. Each is explained in `docs/doctor.md`. */
export const DOCTOR_CODES = [
  'ledger_ready',
  'ledger_unwritable',
  'ledger_exposed',
  'ledger_unexamined',
  'disk_low',
  'row_unusable',
  'transport_silent',
  'canary_done',
  'canary_failed',
  'canary_left',
  'canary_skipped',
] as const;

/** One of {@link DOCTOR_CODES}. */
export type DoctorCode = (typeof DOCTOR_CODES)[number];
