import type { Mailbox } from '@appointed/core';

/** What Exchange throttles together for one mailbox. */
export function mailboxLane({ id }: Mailbox): string {
  return `ews:mailbox:${id.toLowerCase()}`;
}
