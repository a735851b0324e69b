import type { SuiteRunner } from '../suite/transport-harness.js';
import { describeContent } from './content.js';
import { factoryBench, type FactoryTest } from './factory-bench.js';
import type { FactoryHarness } from './factory-harness.js';
import { describeSettling } from './settling.js';
import { describeSurroundings } from './surroundings.js';

/**
 * The rules of {@link IAppointmentFactory} that no type can say, as tests for any test runner:
 * `factorySuite({ describe, it }, { name: 'training', make: () => training() })`. For each test the harness makes a factory.
 */
export function factorySuite(runner: SuiteRunner, harness: FactoryHarness): void {
  const test: FactoryTest = (name, body) => {
    runner.it(name, () => factoryBench(harness, body));
  };
  runner.describe(`the contract of a factory: ${harness.name}`, () => {
    describeContent(test);
    describeSurroundings(test);
    describeSettling(test);
  });
}
