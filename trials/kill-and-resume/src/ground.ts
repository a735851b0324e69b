import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type FaultRule, type Sandbox, type SandboxItem, startSandbox } from '@appointed/sandbox';
import { addressesOf, APPLICATION, CREDENTIALS } from './settings.js';
import { type Addresses, addressesIn, type TransportName } from './transport.js';

/** What a trial works on: one server, or two of which each has half of the mailboxes. */
export interface Ground {
  readonly transport: TransportName;
  readonly servers: readonly Sandbox[];
  /** How a worker gets there. */
  readonly addresses: Addresses;
  readonly mailboxes: readonly string[];
  /** Where a ledger may be. */
  readonly path: string;
}

/** What a trial asks for. */
export interface GroundOptions {
  readonly transport: TransportName;
  readonly mailboxes: number;
  readonly faults: readonly FaultRule[];
  readonly seed: number;
}

/** Works on servers that have faults. */
export async function onGround<T>(options: GroundOptions, work: (ground: Ground) => Promise<T>): Promise<T> {
  const { transport } = options;
  const mailboxes = addressesOf(options.mailboxes);
  const folder = await mkdtemp(join(tmpdir(), 'appointed-trial-'));
  await using exchange = await start(options, mailboxes, 'onPremises');
  await using online = transport === 'hybrid' ? await start(options, mailboxes, 'remote') : undefined;
  try {
    const servers = online === undefined ? [exchange] : [exchange, online];
    const addresses = addressesIn(exchange, online ?? exchange);
    return await work({ transport, servers, addresses, mailboxes, path: join(folder, 'ledger.sqlite') });
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** @param half which the server of a hybrid organisation lacks: Graph those on premises, EWS those that are remote */
function start(
  { transport, faults, seed }: GroundOptions,
  mailboxes: readonly string[],
  side: 'onPremises' | 'remote',
): Promise<Sandbox> {
  return startSandbox({
    mailboxes: mailboxes.map((address, n) => {
      if (transport !== 'hybrid') return { address };
      const isOnline = n % 2 === 1;
      return side === 'onPremises' ? { address, remote: isOnline } : { address, onPremises: !isOnline };
    }),
    serviceAccounts: [{ ...CREDENTIALS, impersonates: ['*'] }],
    applications: [{ ...APPLICATION, mailboxes: ['*'] }],
    faults,
    randomSeed: seed,
  });
}

/** What a mailbox holds and nobody has deleted, wherever it lives. */
export function itemsOf({ servers }: Ground, address: string): readonly SandboxItem[] {
  return servers.flatMap((server) => server.items(address)).filter(({ folder }) => folder !== 'deleteditems');
}

/** Waits for what the servers store late. */
export async function allStored({ servers }: Ground): Promise<void> {
  while (servers.some(({ control }) => control.report().lateStores > 0)) await sleep(10);
}
