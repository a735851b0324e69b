import type { Diagnosis } from '@appointed/core';
import type { DoctorCode } from '../output/doctor-codes.js';

/** A finding of the command itself. */
export interface DoctorFinding extends Diagnosis {
  readonly code: DoctorCode;
}
