import { createRunner, type RunLedger, type RunOptions, type RunReport } from '@appointed/core';
import { type FakeTransport } from '@appointed/testkit';
import { addresses, lesson } from './lesson.js';
import { passTime } from './passing-time.js';

export const ID = 'spring';

/** Runs over twenty mailboxes, or continues to. */
export async function run(
  transport: FakeTransport,
  ledger: RunLedger,
  options: Partial<RunOptions> = {},
): Promise<RunReport> {
  const runner = await createRunner({ transport, ledger, maxInFlight: 2 });
  return passTime(runner.run({ id: ID, mailboxes: addresses(20), factory: lesson, ...options }));
}

/** A run of twenty that is aborted at its tenth. */
export async function interrupted(transport: FakeTransport, ledger: RunLedger): Promise<RunReport> {
  const abort = new AbortController();
  const onPlacement = ({ row }: { readonly row: number }): void => (row === 10 ? abort.abort() : undefined);
  return run(transport, ledger, { signal: abort.signal, onPlacement });
}

/** How many appointments each of the mailboxes has. */
export function itemsIn(transport: FakeTransport, count = 20): readonly number[] {
  return [...addresses(count)].map((address) => transport.stored(address).length);
}
