import type { MailboxInput, MailboxKind } from '@appointed/core';

/** A row of a list as core wants it: an identity of that kind, with the other cells as attributes. */
export function toMailbox(kind: MailboxKind, id: string, attributes: Readonly<Record<string, string>>): MailboxInput {
  if (kind === 'smtp') return { smtp: id, attributes };
  return kind === 'upn' ? { upn: id, attributes } : { sid: id, attributes };
}
