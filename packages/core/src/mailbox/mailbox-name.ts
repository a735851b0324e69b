import type { Mailbox } from './mailbox.js';

/** A mailbox as keys know it: `kind:id`, where an SMTP address or principal name is lower-cased and a SID upper-cased. */
export function mailboxName({ kind, id }: Mailbox): string {
  return `${kind}:${kind === 'sid' ? id.toUpperCase() : id.toLowerCase()}`;
}
