import assert from 'node:assert/strict';
import { call, itemFor, type Test } from './bench.js';

/** `remove`, and what comes after `close`. */
export function describeRemoving(test: Test): void {
  test('removes the item that is named and no other, and says gone when it is asked again', async (bench) => {
    const mailbox = bench.mailbox(0);
    const item = itemFor(mailbox, 'unwanted');
    const { itemId } = await bench.save(mailbox, item);
    await bench.save(mailbox, itemFor(mailbox, 'wanted'));
    const removal = { itemId, sendMode: 'none' } as const;
    assert.deepEqual(await bench.transport.remove(mailbox, removal, call()), { kind: 'done', value: 'removed' });
    assert.deepEqual(
      (await bench.stored(mailbox)).map(({ subject }) => subject),
      ['wanted'],
    );
    for (const { place } of await bench.find(mailbox, [item.key])) assert.equal(place, 'deleted');
    assert.deepEqual(await bench.transport.remove(mailbox, removal, call()), { kind: 'done', value: 'gone' });
  });

  test('rejects with connection_failed what is asked after it was closed', async (bench) => {
    // A transport without connections has nothing to close.
    if (bench.transport.close === undefined) return;
    const mailbox = bench.mailbox(0);
    const items = [itemFor(mailbox, 'late')];
    await bench.transport.close();
    const [outcome] = await bench.transport.save({ mailbox, sendMode: 'none', items }, call());
    assert.equal(outcome?.kind, 'rejected');
    assert.equal(outcome.error.code, 'connection_failed');
    assert.deepEqual(await bench.stored(mailbox), []);
  });
}
