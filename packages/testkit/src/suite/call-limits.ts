import assert from 'node:assert/strict';
import { call, fields, itemFor, type Test } from './bench.js';

/** `call.sendBy` and `call.signal`: nothing is sent when nothing may be sent. */
export function describeCallLimits(test: Test): void {
  const refusals = [
    ['after sendBy', () => call({ sendBy: Date.now() - 1 })],
    ['once the signal is aborted', () => call({ signal: AbortSignal.abort(new Error('enough')) })],
  ] as const;
  for (const [when, limits] of refusals) {
    test(`saves nothing ${when}, and defers every item`, async (bench) => {
      const mailbox = bench.mailbox(0);
      const items = [itemFor(mailbox, 'late')];
      const outcomes = await bench.transport.save({ mailbox, sendMode: 'none', items }, limits());
      assert.deepEqual(
        outcomes.map(({ kind }) => kind),
        ['deferred'],
      );
      assert.deepEqual(await bench.stored(mailbox), []);
    });

    test(`removes nothing ${when}, and defers it`, async (bench) => {
      const mailbox = bench.mailbox(0);
      const { itemId } = await bench.save(mailbox, itemFor(mailbox, 'lesson'));
      const outcome = await bench.transport.remove(mailbox, { itemId, sendMode: 'none' }, limits());
      assert.equal(outcome.kind, 'deferred');
      assert.equal((await bench.stored(mailbox)).length, 1);
    });

    test(`updates nothing ${when}, and defers it`, async (bench) => {
      const mailbox = bench.mailbox(0);
      const { itemId } = await bench.save(mailbox, itemFor(mailbox, 'lesson'));
      const update = { itemId, set: fields({ subject: 'late' }), clear: [], sendMode: 'none' } as const;
      const outcome = await bench.transport.update(mailbox, update, limits());
      assert.equal(outcome.kind, 'deferred');
      assert.equal((await bench.read(mailbox, itemId)).fields.subject, 'lesson');
    });
  }
}
