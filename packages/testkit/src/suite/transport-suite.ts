import type { SuiteRunner, TransportHarness } from './transport-harness.js';
import { bench, type Test } from './bench.js';
import { describeCallLimits } from './call-limits.js';
import { describeChecking } from './checking.js';
import { describeFinding } from './finding.js';
import { describeFindingEverywhere } from './finding-everywhere.js';
import { describeReading } from './reading.js';
import { describeRefusals } from './refusals.js';
import { describeRemoving } from './removing.js';
import { describeSaving } from './saving.js';
import { describeServerFaults } from './server-faults.js';
import { describeSimilarity } from './similarity.js';
import { describeUpdating } from './updating.js';
import { describeZones } from './zones.js';

/**
 * The rules of {@link AppointmentTransport} that no type can say, as tests for any test runner:
 * `transportSuite({ describe, it }, harness)`. Each test gets a transport and a server of its own from the harness.
 */
export function transportSuite(runner: SuiteRunner, harness: TransportHarness): void {
  const test: Test = (name, body) => {
    runner.it(name, () => bench(harness, body));
  };
  runner.describe(`the contract of a transport: ${harness.name}`, () => {
    describeSaving(test, harness);
    describeFinding(test);
    describeFindingEverywhere(test, harness.ownerDeeds ?? []);
    describeReading(test, harness);
    describeUpdating(test, harness.capabilities);
    describeRemoving(test);
    describeSimilarity(test);
    describeChecking(test);
    describeZones(test);
    describeRefusals(test);
    describeCallLimits(test);
    describeServerFaults(test, harness.faults ?? []);
  });
}
