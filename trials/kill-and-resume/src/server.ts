import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type FaultRule, type Sandbox, type SandboxItem, startSandbox } from '@appointed/sandbox';
import { addressesOf, CREDENTIALS } from './settings.js';

/** Works with a server that has faults, and with a path for a ledger. */
export async function withServer<T>(
  seed: number,
  mailboxes: number,
  faults: readonly FaultRule[],
  work: (exchange: Sandbox, path: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'appointed-trial-'));
  try {
    await using exchange = await startSandbox({
      mailboxes: addressesOf(mailboxes).map((address) => ({ address })),
      serviceAccounts: [{ ...CREDENTIALS, impersonates: ['*'] }],
      faults,
      randomSeed: seed,
    });
    return await work(exchange, join(folder, 'ledger.sqlite'));
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** What a mailbox holds and nobody has deleted. */
export function itemsOf(exchange: Sandbox, address: string): readonly SandboxItem[] {
  return exchange.items(address).filter(({ folder }) => folder !== 'deleteditems');
}

/** Waits for what the server stores late. */
export async function allStored(exchange: Sandbox): Promise<void> {
  while (exchange.control.report().lateStores > 0) await sleep(10);
}
