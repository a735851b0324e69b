import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clusterRunner } from '@appointed/cluster';
import { sqliteLedger } from '@appointed/ledger-sqlite';
import { startSandbox } from '@appointed/sandbox';
import { basic, ews } from '@appointed/transport-ews';
import { describe, expect, it } from 'vitest';
import { addresses, LESSON } from './lesson.js';
import { NO_OWN_REDIS, startRedis } from '@appointed-testing/redis';
import { startChild } from './worker-child.js';

const ACCOUNT = { user: 'svc', password: 'only-for-tests' };

describe.skipIf(NO_OWN_REDIS !== undefined)(`appointed-worker ${NO_OWN_REDIS ?? ''}`, () => {
  it('places everything once although one is killed and another drained in the middle', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'appointed-cluster-'));
    await using redis = await startRedis();
    await using exchange = await startSandbox({
      mailboxes: addresses(120).map((address) => ({ address })),
      serviceAccounts: [{ ...ACCOUNT, impersonates: ['*'] }],
      faults: [
        { fault: 'latency', ms: 10 },
        { operation: 'CreateItem', probability: 0.05, fault: 'busy', backOffMs: 50 },
        { operation: 'CreateItem', probability: 0.02, fault: 'reset', stored: 'before' },
      ],
    });
    const path = join(folder, 'ledger.sqlite');
    const ledger = sqliteLedger({ path });
    const transport = ews({ url: exchange.ewsUrl, credentials: basic(ACCOUNT) });
    const connection = { redis: redis.address };
    const environment = {
      TEST_REDIS: redis.address,
      TEST_LEDGER: path,
      TEST_EWS: exchange.ewsUrl,
      TEST_USER: ACCOUNT.user,
      TEST_PASSWORD: ACCOUNT.password,
    };
    const [first, second] = [startChild(environment), startChild(environment)];
    await Promise.all([first.told('ready'), second.told('ready')]);
    const runner = await clusterRunner({ connection, ledger, transport });
    let saved = 0;
    let killed: Promise<number | null> | undefined;
    runner.on('placementSaved', () => {
      saved += 1;
      if (saved === 30) killed = first.end('SIGKILL');
    });
    const patience = { requestTimeoutMs: 1000, settleMs: 300, maxAttempts: 20 };
    const report = await runner.run({ id: 'spring', mailboxes: addresses(120), factory: LESSON, ...patience });
    expect(await killed).toBe(null);
    expect(report).toMatchObject({ counts: { done: 120, duplicates: 0 } });
    expect(addresses(120).map((address) => exchange.items(address).length)).toEqual(Array(120).fill(1));
    expect(exchange.control.report().requests.mostInFlight).toBeLessThanOrEqual(10);
    expect(await second.end('SIGTERM')).toBe(0);
    expect(second.lines.map(({ event }) => event).slice(-2)).toEqual(['draining', 'closed']);
    await runner.close();
    await ledger.close();
    await rm(folder, { recursive: true });
  }, 60_000);
});
