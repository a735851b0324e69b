import { AppointedError } from '@appointed/core';

/** An option that makes no sense. */
export function refuseOption(field: string, complaint: string): AppointedError {
  return new AppointedError('invalid_options', `${field} ${complaint}`, { field });
}
