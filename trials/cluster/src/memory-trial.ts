import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { startPostgres } from '@appointed-testing/postgres';
import { startRedis } from '@appointed-testing/redis';
import { type ClusterConnection, clusterRunner, migrateCluster } from '@appointed/cluster';
import { migrate, postgresLedger } from '@appointed/ledger-postgres';
import { basic, ews } from '@appointed/transport-ews';
import { Crew } from './crew.js';
import type { Kind } from './servers.js';
import { ACCOUNT, LESSON, RUN_ID } from './settings.js';
import type { TrialResult } from './trials.js';

const CANNED_SERVER = fileURLToPath(new URL('../../../bench/placing/canned-server.ts', import.meta.url));
const WORKERS = 2;
const MAX_IN_FLIGHT = 32;
const SAMPLE_MS = 500;
/** Memory that a process may have more of in the last quarter of a run than it had in the second. */
const MOST_GROWTH = 1.25;

/** What one process had in the machine's memory, in MB, each time that it was looked at. */
type Samples = number[];

/**
 * A long list from a generator, and a server that costs next to nothing: does any process grow with the list? By `npm run
 * memory`, which bounds the heap: without, V8 lets garbage lie for as long as it has room.
 */
export async function memoryTrial(kind: Kind, mailboxes: number): Promise<TrialResult> {
  const postgres = await startPostgres();
  await using redis = kind === 'redis' ? await startRedis() : undefined;
  const canned = spawn(process.execPath, ['--import', 'tsx', CANNED_SERVER, '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [port] = (await once(canned.stdout, 'data')) as readonly unknown[];
  await migrate({ connectionString: postgres.url });
  if (redis === undefined) await migrateCluster({ postgres: postgres.url });
  const connection: ClusterConnection = redis === undefined ? { postgres: postgres.url } : { redis: redis.address };
  const ledger = postgresLedger({ connectionString: postgres.url });
  const url = `http://127.0.0.1:${String(port).trim()}/EWS/Exchange.asmx`;
  const crew = new Crew({ connection, ledger: postgres.url, ews: url, maxInFlight: MAX_IN_FLIGHT });
  try {
    await crew.hire(WORKERS);
    const runner = await clusterRunner({ connection, ledger, transport: ews({ url, credentials: basic(ACCOUNT) }) });
    const processes = new Map([process.pid, ...crew.pids].map((pid): [number, Samples] => [pid, []]));
    const timer = setInterval(() => void sample(processes), SAMPLE_MS);
    const began = performance.now();
    const options = { mailboxes: addresses(mailboxes), factory: LESSON, lookup: 'never' } as const;
    const { counts } = await runner.run({ id: RUN_ID, ...options });
    const seconds = (performance.now() - began) / 1000;
    clearInterval(timer);
    await runner.close();
    return judge([...processes.values()], seconds, counts.done === mailboxes ? [] : [JSON.stringify(counts)]);
  } finally {
    await crew.dismiss();
    canned.kill();
    await ledger.close();
    await postgres.stop();
  }
}

function* addresses(count: number): Generator<string> {
  for (let n = 0; n < count; n += 1) yield `user${n}@contoso.com`;
}

async function sample(processes: ReadonlyMap<number, Samples>): Promise<void> {
  for (const [pid, samples] of processes) {
    const [, kilobytes = '0'] = /VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${pid}/status`, 'utf8')) ?? [];
    samples.push(Number(kilobytes) / 1000);
  }
}

function judge(processes: readonly Samples[], seconds: number, wrong: readonly string[]): TrialResult {
  const quarters = processes.map((samples) => [1, 2, 3].map((nth) => quarter(samples, nth)));
  const told = quarters.map((means) => means.map((mean) => mean.toFixed(0)).join(' → ')).join(', workers ');
  const growing = quarters.filter(([second = 0, , last = 0]) => last > MOST_GROWTH * second);
  return {
    told: `${seconds.toFixed(0)} s, MB in the second, third and last quarter: runner ${told}`,
    wrong: [...wrong, ...growing.map((means) => `a process grew: ${means.map(Math.round).join(', ')} MB`)],
  };
}

/** What it had on average in a quarter of the time. */
function quarter(samples: Samples, nth: number): number {
  const size = Math.floor(samples.length / 4);
  const part = samples.slice(nth * size, (nth + 1) * size);
  return part.reduce((sum, one) => sum + one, 0) / part.length;
}
