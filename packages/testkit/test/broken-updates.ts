import type { Update } from '@appointed/core';
import type { FakeTransport } from '@appointed/testkit';
import type { BrokenRule, Methods } from './broken-rule.js';

/** Rules of updating. */
export const brokenUpdates: readonly BrokenRule[] = [
  ['overwrites what has changed since', /says conflict/, (fake) => updating(fake, withoutChangeKey)],
  ['changes more than it is asked to', /leaves the other fields alone/, (fake) => updating(fake, andClearLocation)],
  ['clears nothing', /empties location when it is named/, (fake) => updating(fake, (u) => ({ ...u, clear: [] }))],
  ['switches no reminder off', /switches a reminder off/, (fake) => updating(fake, withoutReminder)],
  ['says conflict for what is gone', /says gone for an item/, saysConflict],
  ['gives the change key of before', /sets subject/, givesOldChangeKey],
];

function updating(fake: FakeTransport, change: (update: Update) => Update): Methods {
  return { update: (mailbox, update, call) => fake.update(mailbox, change(update), call) };
}

function withoutChangeKey({ changeKey: _key, ...update }: Update): Update {
  return update;
}

function andClearLocation(update: Update): Update {
  return { ...update, clear: [...update.clear, 'location'] };
}

function withoutReminder({ set: { reminder: _left, ...set }, ...update }: Update): Update {
  return { ...update, set };
}

function saysConflict(fake: FakeTransport): Methods {
  return {
    async update(mailbox, update, call) {
      const outcome = await fake.update(mailbox, update, call);
      return outcome.kind === 'done' && outcome.value === 'gone' ? { kind: 'done', value: 'conflict' } : outcome;
    },
  };
}

function givesOldChangeKey(fake: FakeTransport): Methods {
  return {
    async update(mailbox, update, call) {
      const outcome = await fake.update(mailbox, update, call);
      if (outcome.kind !== 'done' || typeof outcome.value !== 'object') return outcome;
      return { kind: 'done', value: { ...outcome.value, changeKey: update.changeKey ?? 'an old one' } };
    },
  };
}
