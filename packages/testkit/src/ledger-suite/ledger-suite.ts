import assert from 'node:assert/strict';
import type { SuiteRunner } from '../suite/transport-harness.js';
import { describeAssigning } from './assigning.js';
import { describeClaiming } from './claiming.js';
import { describeEnrolling } from './enrolling.js';
import { describeFencing } from './fencing.js';
import { describeHolding } from './holding.js';
import { describeKeepingRuns } from './keeping-runs.js';
import { describeLeasing } from './leasing.js';
import { ledgerBench, type LedgerTest } from './ledger-bench.js';
import type { LedgerHarness } from './ledger-harness.js';
import { describeMarking } from './marking.js';
import { describeOutliving } from './outliving.js';
import { describeRandomOperations } from './random-operations.js';
import { describeReading } from './reading.js';
import { describeWorkingAtOnce } from './working-at-once.js';

/**
 * The rules of {@link RunLedger} that no type can say, as tests for any test runner:
 * `ledgerSuite({ describe, it }, harness)`. Each test gets an empty ledger of its own from the harness, and a clock that
 * stands until the test moves it.
 */
export function ledgerSuite(runner: SuiteRunner, harness: LedgerHarness): void {
  const test: LedgerTest = (name, body) => {
    runner.it(name, () => ledgerBench(harness, body));
  };
  runner.describe(`the contract of a ledger: ${harness.name}`, () => {
    test('declares whether it outlives its process', async ({ ledger }) => {
      assert.equal(ledger.durable, harness.durable);
    });
    describeKeepingRuns(test);
    describeEnrolling(test);
    describeClaiming(test);
    describeLeasing(test);
    describeMarking(test);
    describeFencing(test);
    describeAssigning(test);
    describeReading(test);
    describeHolding(test);
    describeWorkingAtOnce(test);
    describeRandomOperations(test);
    if (harness.durable) describeOutliving(test);
  });
}
