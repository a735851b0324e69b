import assert from 'node:assert/strict';
import type { FactoryTest } from './factory-bench.js';

const AT_ONCE = 5; // times each mailbox

/** When, and in which company, a factory answers. */
export function describeSettling(test: FactoryTest): void {
  test('keeps mailboxes apart when it is asked for many at once', async ({ ask, mailboxes, said }) => {
    const alone: unknown[] = [];
    for (const mailbox of mailboxes) alone.push(said(await ask(mailbox), mailbox));
    const rounds = Array.from({ length: AT_ONCE }, () => mailboxes).flat();
    const together = await Promise.all(rounds.map(async (mailbox) => said(await ask(mailbox), mailbox)));
    assert.deepEqual(together, Array.from({ length: AT_ONCE }, () => alone).flat());
  });

  test('comes to an end when the run is aborted', async ({ contextOf, factory, mailboxes }) => {
    for (const mailbox of mailboxes) {
      const run = new AbortController();
      const answer = Promise.resolve().then(() => factory.getAppointment(contextOf(mailbox, run.signal)));
      // Whatever it answers then: nobody waits for it any more, and it must not wait either.
      const settled = Promise.allSettled([answer]);
      await Promise.resolve();
      run.abort(new Error('the run was aborted'));
      await settled;
      await Promise.allSettled([Promise.resolve().then(() => factory.getAppointment(contextOf(mailbox, run.signal)))]);
    }
  });
}
