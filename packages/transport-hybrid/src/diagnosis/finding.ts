import type { Diagnosis } from '@appointed/core';

/** Every code of a finding of this transport, besides those of its sides. Each is explained in `docs/doctor.md`. */
export const HYBRID_DIAGNOSIS_CODES = [
  'mailbox_located',
  'mailbox_told_wrongly',
  'mailbox_on_both_sides',
  'mailbox_unlocated',
  'side_silent',
] as const;

/** One of {@link HYBRID_DIAGNOSIS_CODES}. */
export type HybridDiagnosisCode = (typeof HYBRID_DIAGNOSIS_CODES)[number];

/** A finding of this transport. */
export interface Finding extends Diagnosis {
  readonly code: HybridDiagnosisCode;
}
