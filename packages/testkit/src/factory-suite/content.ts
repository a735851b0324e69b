import assert from 'node:assert/strict';
import { type Content, isNativeAppointment, NOTHING } from '@appointed/core';
import type { FactoryTest } from './factory-bench.js';
import { sharedPart } from './shared-part.js';

/** What a factory returns. */
export function describeContent(test: FactoryTest): void {
  test('makes an appointment that can be placed, or says that there is to be none', async ({
    ask,
    mailboxes,
    said,
  }) => {
    for (const mailbox of mailboxes) {
      const content: unknown = await ask(mailbox);
      const isAnswer = content === NOTHING || (typeof content === 'object' && content !== null);
      assert.ok(isAnswer, `${mailbox.id}: the factory returned ${String(content)}`);
      said(content as Content, mailbox);
    }
  });

  test('makes the same for the same mailbox when it is asked again', async ({ ask, mailboxes, said }) => {
    for (const mailbox of [...mailboxes, ...mailboxes]) {
      assert.deepEqual(said(await ask(mailbox), mailbox), said(await ask(mailbox), mailbox));
    }
  });

  test('makes the same when it is made anew, under the same version', async (bench) => {
    const { ask, factory, mailboxes, said } = bench;
    const { version } = factory;
    assert.ok(version === undefined || typeof version === 'string', 'the version is a text');
    for (const mailbox of mailboxes) {
      const first = said(await ask(mailbox), mailbox);
      const another = await bench.makeAnother();
      assert.equal(another.version, version);
      // In another order, so that what depends on the order shows.
      for (const other of mailboxes.toReversed()) await ask(other, another);
      assert.deepEqual(said(await ask(mailbox, another), mailbox), first);
    }
    assert.equal(factory.version, version, 'the version is the same after the factory was asked');
  });

  test('makes an object of its own each time, that may be changed', async ({ ask, mailboxes }) => {
    for (const mailbox of mailboxes) {
      const [one, other] = [await ask(mailbox), await ask(mailbox)];
      if (one === NOTHING) continue;
      assert.notEqual(one, other, `${mailbox.id}: the same object was returned twice`);
      if (isNativeAppointment(one)) continue;
      const shared = sharedPart(one, other);
      assert.equal(shared, undefined, `${mailbox.id}: two appointments share what can be changed in ${shared}`);
    }
  });
}
