import { type IAppointmentFactory, type Mailbox, NOTHING, type Nothing } from '@appointed/core';
import { versionOf } from '../version/version-of.js';
import type { CombinatorOptions } from './combinator-options.js';

/** Which factory makes a mailbox's appointment, or that there is to be none. The same mailbox must get the same answer. */
export type FactoryPick = (mailbox: Mailbox) => IAppointmentFactory | Nothing | Promise<IAppointmentFactory | Nothing>;

/**
 * What the factory makes that is picked for the mailbox. Make the factories once, not in `pick`. Their versions are not
 * part of this one's: give `version`, and change it with any of them.
 */
export function perMailbox(pick: FactoryPick, { version }: CombinatorOptions = {}): IAppointmentFactory {
  return {
    version: versionOf('per-mailbox/1', version),
    async getAppointment(context) {
      const picked = await pick(context.mailbox);
      if (picked === NOTHING) return NOTHING;
      if (!isFactory(picked)) throw new TypeError('pick of perMailbox returned neither a factory nor NOTHING');
      return picked.getAppointment(context);
    },
  };
}

function isFactory(value: unknown): value is IAppointmentFactory {
  return typeof (value as Partial<IAppointmentFactory> | null | undefined)?.getAppointment === 'function';
}
