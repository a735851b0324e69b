import assert from 'node:assert/strict';
import { ALICE, begin, BOB, type LedgerTest, manifest, rejected, RUN } from './ledger-bench.js';

/** `hold`: one coordinator at a time. */
export function describeHolding(test: LedgerTest): void {
  test('lets one hold a run, and tells the second who does', async ({ ledger }) => {
    await begin(ledger, 1);
    const { lost } = await ledger.hold(RUN, ALICE);
    const error = await rejected(ledger.hold(RUN, BOB), 'run_held');
    assert.ok(error.message.includes(ALICE.name), 'the message names who holds it');
    assert.equal(lost.aborted, false);
  });

  test('lets one of many that ask at once hold a run', async ({ ledger }) => {
    await begin(ledger, 1);
    const owners = Array.from({ length: 20 }, (_, n) => ({ id: `owner-${n}`, name: `pid ${n}` }));
    const holds = await Promise.allSettled(owners.map((owner) => ledger.hold(RUN, owner)));
    assert.equal(holds.filter(({ status }) => status === 'fulfilled').length, 1);
  });

  test('lets another hold a run that was released, once', async ({ ledger }) => {
    await begin(ledger, 1);
    const first = await ledger.hold(RUN, ALICE);
    await first.release();
    const second = await ledger.hold(RUN, BOB);
    await first.release();
    await rejected(ledger.hold(RUN, ALICE), 'run_held');
    assert.equal(second.lost.aborted, false);
    await second.release();
    await second.release();
    await ledger.hold(RUN, ALICE);
  });

  test('lets different runs be held by different owners', async ({ ledger }) => {
    await begin(ledger, 1);
    await ledger.open(manifest({ runId: 'other' }));
    await ledger.hold(RUN, ALICE);
    await ledger.hold('other', BOB);
  });

  test('forgets no run that is held', async ({ ledger }) => {
    await begin(ledger, 1);
    const hold = await ledger.hold(RUN, ALICE);
    await rejected(ledger.forget(RUN), 'run_held');
    await hold.release();
    await ledger.forget(RUN);
    await rejected(ledger.hold(RUN, ALICE), 'run_unknown');
  });
}
