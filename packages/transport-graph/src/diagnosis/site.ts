import type { Call, Mailbox } from '@appointed/core';
import type { Conversation } from '../conversation.js';
import type { ServiceAddress } from '../service-address.js';
import type { TokenCredential } from '../sign-in/token-credential.js';

/** What is examined: where Graph is, who signs in there, and how to talk to it. */
export interface Site {
  readonly address: ServiceAddress;
  readonly credential: TokenCredential;
  /** Talks about a mailbox. */
  about(mailbox: Mailbox, call: Call): Conversation;
}

/** The limits of one question. */
export function callFor({ signal, timeoutMs }: Pick<Call, 'signal' | 'timeoutMs'>): Call {
  return { signal, timeoutMs, sendBy: Date.now() + timeoutMs };
}
