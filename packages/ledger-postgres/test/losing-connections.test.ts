import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { postgresLedger } from '@appointed/ledger-postgres';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { begin, done, RUN } from './run.js';
import { type TemporarySchema, temporarySchema } from './temporary-schema.js';

const ONE = { id: 'one', name: 'the first run' };
const OTHER = { id: 'other', name: 'the second run' };
const APP = 'a ledger that is cut off';

let where: TemporarySchema;
let connectionString: string;
beforeEach(async () => {
  where = await temporarySchema();
  const url = new URL(where.connectionString);
  url.searchParams.set('application_name', APP);
  url.searchParams.set('options', '-c deadlock_timeout=20ms');
  connectionString = url.href;
});
afterEach(() => where.drop());

describe('a ledger that loses its connections', () => {
  it('makes new ones, and does again what the server has ended', async () => {
    const ledger = postgresLedger({ connectionString, schema: where.schema });
    await begin(ledger, 1);
    await cut();
    const { claims } = await ledger.claim(RUN, ONE, 1, 60_000);
    const release = await lock('LOCK TABLE $schema.progress');
    const marking = ledger.mark(claims.map(done));
    await expect.poll(() => connections('active')).toBe(1);
    await cut();
    await release();
    await marking;
    expect((await ledger.settled(RUN)).done).toBe(1);
    await ledger.close();
  });

  it('says so where nobody knows whether a statement was done, and goes on with the next', async () => {
    const network = await startNetwork(connectionString);
    const ledger = postgresLedger({ connectionString: network.url, schema: where.schema });
    await begin(ledger, 1);
    const { claims } = await ledger.claim(RUN, ONE, 1, 60_000);
    const release = await lock('LOCK TABLE $schema.progress');
    const marking = ledger.mark(claims.map(done)).catch((error: unknown) => error);
    await expect.poll(() => connections('active')).toBe(1);
    network.cut();
    expect(await marking).toMatchObject({
      code: 'ledger_failed',
      message: expect.stringMatching(/the connection was lost/),
    });
    await release();
    await expect.poll(async () => (await ledger.settled(RUN)).done).toBe(1);
    await ledger.close();
    await network.stop();
  });

  it('says that a run is not held any more, and another may hold it', async () => {
    const ledger = postgresLedger({ connectionString, schema: where.schema });
    await begin(ledger, 1);
    const { lost } = await ledger.hold(RUN, ONE);
    await cut();
    await expect.poll(() => lost.aborted).toBe(true);
    expect(lost.reason).toMatchObject({ code: 'ledger_failed' });
    const other = postgresLedger(where.at);
    expect((await other.hold(RUN, OTHER)).lost.aborted).toBe(false);
    await Promise.all([ledger.close(), other.close()]);
  });
});

it('does again what PostgreSQL gave up for a deadlock', async () => {
  const ledger = postgresLedger({ connectionString, schema: where.schema });
  await begin(ledger, 2);
  const { claims } = await ledger.claim(RUN, ONE, 2, 60_000);
  const touch = 'UPDATE $schema.progress SET owner = owner WHERE list_row =';
  const client = await where.pool.connect();
  const ask = (text: string) => client.query(text.replaceAll('$schema', `"${where.schema}"`));
  // Whoever waits longest gives up: that must not be this one.
  await ask(`SET deadlock_timeout = '1min'; BEGIN; ${touch} 1`);
  const marking = ledger.mark(claims.toReversed().map(done));
  await expect.poll(() => connections('active')).toBe(1);
  await ask(`${touch} 2`);
  await ask('COMMIT');
  await marking;
  client.release(true);
  expect((await ledger.settled(RUN)).done).toBe(2);
  await ledger.close();
});

async function cut(): Promise<void> {
  await where.ask('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1', APP);
}

async function connections(state?: string): Promise<number> {
  const rows = await where.ask(
    'SELECT FROM pg_stat_activity WHERE application_name = $1 AND ($2::text IS NULL OR state = $2)',
    APP,
    state ?? null,
  );
  return rows.length;
}

/** @returns ends it */
async function lock(text: string): Promise<() => Promise<void>> {
  const client = await where.pool.connect();
  await client.query(`BEGIN; ${text.replaceAll('$schema', `"${where.schema}"`)}`);
  return async () => {
    await client.query('COMMIT');
    client.release();
  };
}

/** The way to the server, which can be cut. */
async function startNetwork(to: string): Promise<{ readonly url: string; cut(): void; stop(): Promise<void> }> {
  const { hostname, port } = new URL(to);
  const sockets = new Set<Socket>();
  const network = createServer((near) => {
    const far = connect(Number(port), hostname);
    for (const socket of [near, far]) sockets.add(socket.on('error', () => undefined));
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => network.listen(0, '127.0.0.1', resolve));
  const { port: own } = network.address() as AddressInfo;
  return {
    url: Object.assign(new URL(to), { hostname: '127.0.0.1', port: String(own) }).href,
    cut: () => sockets.forEach((socket) => socket.destroy()),
    stop: async () => {
      await new Promise((resolve) => network.close(resolve));
    },
  };
}
