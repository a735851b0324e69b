import { transportSuite, type TransportHarness } from '@appointed/testkit';

/** Runs the suite outside a test runner. @returns the names of the tests that failed */
export async function collectFailures(harness: TransportHarness): Promise<readonly string[]> {
  const tests: { readonly name: string; readonly test: () => Promise<void> }[] = [];
  transportSuite({ describe: (_name, body) => body(), it: (name, test) => tests.push({ name, test }) }, harness);
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
