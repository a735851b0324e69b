import assert from 'node:assert/strict';
import { LEDGER_FORMAT, type RunLedger, type RunManifest } from '@appointed/core';
import { ALICE, begin, LEASE_MS, type LedgerTest, manifest, rejected, rowsOf, RUN } from './ledger-bench.js';

/** Manifests, and erasing. */
export function describeKeepingRuns(test: LedgerTest): void {
  describeManifests(test);
  describeEnds(test);
}

function describeManifests(test: LedgerTest): void {
  test('stores a manifest whole, and says that it is new', async ({ ledger }) => {
    const slots = [
      { name: 'lesson', version: '2' },
      { name: "O'Brien; DROP TABLE", version: '🎾' },
    ];
    const given = manifest({ slots, sendMode: 'allAndSaveCopy', audienceComplete: true });
    assert.deepEqual(await ledger.open(given), { manifest: given, isNew: true });
    assert.deepEqual(await runsOf(ledger), [given]);
  });

  test('returns the manifest that is stored, and not the one that is given later', async ({ ledger }) => {
    await ledger.open(manifest());
    const later = manifest({ startedAt: 1_900_000_000_000, transport: 'other', audienceComplete: true });
    assert.deepEqual(await ledger.open(later), { manifest: manifest(), isNew: false });
  });

  test('refuses a manifest of a newer format', async ({ ledger }) => {
    await rejected(ledger.open(manifest({ format: LEDGER_FORMAT + 1 })), 'ledger_too_new');
  });

  test('remembers that the list has ended', async ({ ledger }) => {
    await ledger.open(manifest());
    await ledger.amend(RUN, { audienceComplete: true });
    assert.deepEqual((await ledger.open(manifest())).manifest, manifest({ audienceComplete: true }));
  });

  test('remembers what was begun last, and other slots', async ({ ledger }) => {
    const change = { state: 'revising', slots: [{ name: 'default', version: '2' }] } as const;
    await ledger.open(manifest({ audienceComplete: true }));
    await ledger.amend(RUN, change);
    assert.deepEqual((await ledger.open(manifest())).manifest, manifest({ audienceComplete: true, ...change }));
  });

  test('lists the runs, the newest first', async ({ ledger }) => {
    for (const startedAt of [2000, 3000, 1000]) await ledger.open(manifest({ runId: `run-${startedAt}`, startedAt }));
    assert.deepEqual(
      (await runsOf(ledger)).map(({ runId }) => runId),
      ['run-3000', 'run-2000', 'run-1000'],
    );
  });
}

function describeEnds(test: LedgerTest): void {
  test('says run_unknown of a run that it does not have', async ({ ledger }) => {
    await rejected(ledger.amend(RUN, { audienceComplete: true }), 'run_unknown');
    await rejected(ledger.hold(RUN, ALICE), 'run_unknown');
    await rejected(ledger.enrol(RUN, []), 'run_unknown');
    await rejected(ledger.claim(RUN, ALICE, 1, LEASE_MS), 'run_unknown');
    await rejected(ledger.reopen(RUN, ['done'], 'place'), 'run_unknown');
    await rejected(ledger.assign(RUN, 'remove'), 'run_unknown');
    await rejected(ledger.assign(RUN, 'remove', { keys: [] }), 'run_unknown');
    await rejected(ledger.settled(RUN), 'run_unknown');
    await rejected(rowsOf(ledger), 'run_unknown');
  });

  test('forgets a run and no other, and a run that it does not have', async ({ ledger }) => {
    await begin(ledger, 3);
    await ledger.open(manifest({ runId: 'other' }));
    await ledger.forget(RUN);
    await ledger.forget('never heard of');
    assert.deepEqual(await runsOf(ledger), [manifest({ runId: 'other' })]);
    await begin(ledger, 2);
    assert.equal((await rowsOf(ledger)).length, 2);
  });

  test('rejects with ledger_failed what is asked after it was closed, and closes twice', async ({ ledger }) => {
    await begin(ledger, 1);
    await ledger.close();
    await ledger.close();
    await rejected(ledger.open(manifest()), 'ledger_failed');
    await rejected(ledger.claim(RUN, ALICE, 1, LEASE_MS), 'ledger_failed');
    await rejected(ledger.mark([]), 'ledger_failed');
    await rejected(rowsOf(ledger), 'ledger_failed');
  });
}

async function runsOf(ledger: RunLedger): Promise<readonly RunManifest[]> {
  const manifests: RunManifest[] = [];
  for await (const manifest of ledger.runs()) manifests.push(manifest);
  return manifests;
}
