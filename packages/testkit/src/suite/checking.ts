import assert from 'node:assert/strict';
import { call, type Test } from './bench.js';

/** `check`: who may be acted for. Who may not is in `refusals.ts`. */
export function describeChecking(test: Test): void {
  test('says of a mailbox that works that it may be acted for, and writes nothing', async (bench) => {
    const mailbox = bench.mailbox(0);
    const outcome = await bench.transport.check(mailbox, call());
    assert.equal(outcome.kind, 'done');
    const { primaryAddress = mailbox.id, kind = 'mailbox' } = outcome.value;
    assert.equal(kind, 'mailbox');
    assert.match(primaryAddress, /^[^@]+@[^@]+$/);
    assert.deepEqual(await bench.stored(mailbox), []);
  });

  test('says of two mailboxes that they are not the same', async (bench) => {
    const addresses = [0, 1].map(async (n) => {
      const outcome = await bench.transport.check(bench.mailbox(n), call());
      assert.equal(outcome.kind, 'done');
      return outcome.value.primaryAddress ?? n;
    });
    assert.equal(new Set(await Promise.all(addresses)).size, 2);
  });
}
