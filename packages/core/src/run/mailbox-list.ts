import type { MailboxList } from './call-options.js';
import { refuse } from './refuse.js';

/** @throws AppointedError `invalid_options` */
export function readMailboxes(mailboxes: MailboxList | undefined, isOptional: boolean): MailboxList | undefined {
  if (mailboxes === undefined ? isOptional : isIterable(mailboxes)) return mailboxes;
  throw refuse('mailboxes', 'is not a list or an (async) iterable');
}

function isIterable(value: unknown): boolean {
  return typeof value === 'object' && value !== null && (Symbol.iterator in value || Symbol.asyncIterator in value);
}
