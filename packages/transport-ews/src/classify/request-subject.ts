import type { Mailbox } from '@appointed/core';

/** What a request was about: what its errors name. */
export interface RequestSubject {
  readonly mailbox: Mailbox;
  readonly clientRequestId: string;
}
