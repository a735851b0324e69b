import { type SuiteRunner, transportSuite, type TransportHarness } from '@appointed/testkit';

/** Runs the suite outside a test runner. @returns the names of the tests that failed */
export function collectFailures(harness: TransportHarness): Promise<readonly string[]> {
  return failuresOf((runner) => transportSuite(runner, harness));
}

/** Runs any suite outside a test runner. @returns the names of the tests that failed */
export async function failuresOf(suite: (runner: SuiteRunner) => void): Promise<readonly string[]> {
  const tests: { readonly name: string; readonly test: () => Promise<void> }[] = [];
  suite({ describe: (_name, body) => body(), it: (name, test) => tests.push({ name, test }) });
  const failed = await Promise.all(
    tests.map(({ name, test }) =>
      test().then(
        () => [],
        () => [name],
      ),
    ),
  );
  return failed.flat();
}
