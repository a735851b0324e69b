import { type IAppointmentFactory, type Mailbox, NOTHING } from '@appointed/core';
import { versionOf } from '../version/version-of.js';
import type { CombinatorOptions } from './combinator-options.js';

/** Is the mailbox to get it? The same mailbox must get the same answer. */
export type MailboxPredicate = (mailbox: Mailbox) => boolean | Promise<boolean>;

/** What another factory makes, for some mailboxes; for the others nothing (`not_wanted`). */
export function onlyFor(
  predicate: MailboxPredicate,
  factory: IAppointmentFactory,
  { version }: CombinatorOptions = {},
): IAppointmentFactory {
  return {
    version: versionOf('only-for/1', [version, factory.version]),
    async getAppointment(context) {
      const isWanted: unknown = await predicate(context.mailbox);
      // A forgotten `return` is no decision.
      if (typeof isWanted !== 'boolean')
        throw new TypeError('the predicate of onlyFor returned neither true nor false');
      return isWanted ? factory.getAppointment(context) : NOTHING;
    },
  };
}
