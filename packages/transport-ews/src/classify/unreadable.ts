import { AppointedError, type Failure, type ServerDetails } from '@appointed/core';
import type { RequestSubject } from './request-subject.js';

/** A SOAP response that lacks what it must hold: what the server did is not known. */
export function unreadable(
  complaint: string,
  { subject, server }: { readonly subject: RequestSubject; readonly server: ServerDetails },
): Failure {
  const { id } = subject.mailbox;
  const error = new AppointedError('response_unreadable', `${id}: ${complaint}`, { mailbox: id, server });
  return { kind: 'unknown', error };
}
