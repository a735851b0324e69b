import { AppointedError, type Failure, type Mailbox } from '@appointed/core';

/** Graph has no way to do it. Nothing was sent. */
export function unsupported(complaint: string, { id }: Mailbox, field?: string): Failure {
  const about = { mailbox: id, ...(field === undefined ? {} : { field }) };
  return {
    kind: 'rejected',
    scope: 'placement',
    error: new AppointedError('unsupported', `${id}: ${complaint}`, about),
  };
}
