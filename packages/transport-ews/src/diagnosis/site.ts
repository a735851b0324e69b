import type { Call, Mailbox } from '@appointed/core';
import type { Conversation } from '../conversation.js';
import type { EwsCredentials } from '../credentials/credentials.js';

/** What is examined: where Exchange is, who signs in there, and how to talk to it. */
export interface Site {
  readonly address: URL;
  readonly credentials: EwsCredentials;
  /** As in the transport's options. */
  readonly ca?: string | undefined;
  /** Talks as a mailbox's owner. */
  as(mailbox: Mailbox, call: Call): Conversation;
}

/** The limits of one question. */
export function callFor({ signal, timeoutMs }: Pick<Call, 'signal' | 'timeoutMs'>): Call {
  return { signal, timeoutMs, sendBy: Date.now() + timeoutMs };
}
