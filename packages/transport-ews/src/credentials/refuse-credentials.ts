import { AppointedError } from '@appointed/core';

/** Credentials that can never work. */
export function refuseCredentials(field: string, complaint: string): AppointedError {
  return new AppointedError('invalid_options', `credentials: ${field} ${complaint}`, { field });
}

/** @throws AppointedError `invalid_options` */
export function requirePassword(password: unknown): void {
  if (typeof password !== 'string' || password === '') throw refuseCredentials('password', 'is empty');
}
