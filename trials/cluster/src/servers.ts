import { startPostgres } from '@appointed-testing/postgres';
import { startRedis, type TestRedis } from '@appointed-testing/redis';
import { type ClusterConnection, clusterRunner, type ClusterRunner, migrateCluster } from '@appointed/cluster';
import type { RunLedger } from '@appointed/core';
import { migrate, postgresLedger } from '@appointed/ledger-postgres';
import { type FaultRule, type Sandbox, startSandbox } from '@appointed/sandbox';
import { basic, ews } from '@appointed/transport-ews';
import { Crew } from './crew.js';
import { ACCOUNT, addressesOf } from './settings.js';

/** Where the queue is; the ledger is in PostgreSQL. */
export type Kind = 'redis' | 'postgres';

/** How large a trial is. */
export interface Scale {
  readonly kind: Kind;
  readonly mailboxes: number;
  readonly faults: readonly FaultRule[];
  readonly maxInFlight: number;
  readonly maxInFlightOverall?: number;
}

/** All that a trial needs. */
export interface Servers {
  readonly exchange: Sandbox;
  readonly ledger: RunLedger;
  readonly crew: Crew;
  readonly redis: TestRedis | undefined;
  runner(): Promise<ClusterRunner>;
}

/** Works with servers that end with it. */
export async function withServers<T>(scale: Scale, work: (servers: Servers) => Promise<T>): Promise<T> {
  const { faults, kind, mailboxes, maxInFlight, maxInFlightOverall } = scale;
  const postgres = await startPostgres();
  await using redis = kind === 'redis' ? await startRedis() : undefined;
  await using exchange = await startSandbox({
    mailboxes: addressesOf(mailboxes).map((address) => ({ address })),
    serviceAccounts: [{ ...ACCOUNT, impersonates: ['*'] }],
    faults,
    randomSeed: 1,
  });
  await migrate({ connectionString: postgres.url });
  if (redis === undefined) await migrateCluster({ postgres: postgres.url });
  const connection: ClusterConnection = redis === undefined ? { postgres: postgres.url } : { redis: redis.address };
  const ledger = postgresLedger({ connectionString: postgres.url });
  const limits = { maxInFlight, ...(maxInFlightOverall === undefined ? {} : { maxInFlightOverall }) };
  const crew = new Crew({ connection, ledger: postgres.url, ews: exchange.ewsUrl, ...limits });
  const transport = (): ReturnType<typeof ews> => ews({ url: exchange.ewsUrl, credentials: basic(ACCOUNT) });
  try {
    const runner = () => clusterRunner({ connection, ledger, transport: transport(), ...limits });
    return await work({ exchange, ledger, crew, redis, runner });
  } finally {
    await crew.dismiss();
    await ledger.close();
    await postgres.stop();
  }
}

/** What is not as it must be: one line for each. */
export function wrongIn(exchange: Sandbox): readonly string[] {
  return exchange.control.mailboxes().flatMap((address) => {
    const items = exchange.items(address).length;
    return items === 1 ? [] : [`${address} has ${items}`];
  });
}
