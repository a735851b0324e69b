import { AppointedError } from '../error/appointed-error.js';

/** An option that makes no sense. */
export function refuse(field: string, complaint: string): AppointedError {
  return new AppointedError('invalid_options', `${field} ${complaint}`, { field });
}
