import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as cluster from '@appointed/cluster';
import { memoryLedger } from '@appointed/core';
import { fakeTransport } from '@appointed/testkit';
import { describe, expect, it } from 'vitest';
import { postgresUrl } from '@appointed-testing/postgres';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { Pool } from 'pg';
import { ClusterBench } from './cluster-bench.js';
import { LESSON } from './lesson.js';

const connection = { redis: 'redis://127.0.0.1:1' };
const given = { connection, ledger: memoryLedger(), transport: fakeTransport() };

// A red test here means: what programs rely on has changed. Make it deliberate.
describe('the public surface', () => {
  it('has these exports and paths', () => {
    const { bin, exports } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
    expect(Object.keys(cluster).toSorted()).toEqual(['clusterRunner', 'migrateCluster', 'startWorker']);
    expect(Object.keys(exports)).toEqual(['.', './package.json']);
    expect(bin).toEqual({ 'appointed-worker': './dist/bin.js' });
  });
});

describe('options that make no sense', () => {
  it.each([
    ['ledger', given],
    ['maxInFlight', { ...given, maxInFlight: 0 }],
    ['maxInFlightOverall', { ...given, maxInFlightOverall: 1.5 }],
  ])('are refused before anything is connected: %s', async (field, options) => {
    await expect(cluster.clusterRunner(options)).rejects.toMatchObject({ code: 'invalid_options', field });
  });

  it('are refused: a connection to nothing', async () => {
    const options = { ...given, connection: {} as never, factories: { default: LESSON } };
    await expect(cluster.startWorker(options)).rejects.toMatchObject({ code: 'invalid_options', field: 'connection' });
  });

  it('are refused: a factory whose module is not there, or has none', async () => {
    for (const module of ['./nowhere.js', fileURLToPath(new URL('./busy-for.ts', import.meta.url))]) {
      await expect(cluster.startWorker({ ...given, factories: { lesson: module } })).rejects.toMatchObject({
        code: 'factory_unresolvable',
        field: 'factories.lesson',
      });
    }
  });
});

describe('what a worker cannot be started with', { timeout: 60_000 }, () => {
  it('is a PostgreSQL without the tables of a cluster: it says how to make them, and leaves no connection', async () => {
    const postgres = new URL(await postgresUrl());
    const pool = new Pool({ connectionString: postgres.href });
    await pool.query('CREATE DATABASE empty');
    postgres.pathname = 'empty';
    const started = cluster.startWorker({
      ...given,
      connection: { postgres: postgres.href },
      factories: { default: LESSON },
    });
    await expect(started).rejects.toMatchObject({ code: 'invalid_options', hint: expect.stringContaining('migrate') });
    // Fails where anybody is connected.
    await pool.query('DROP DATABASE empty');
    await pool.end();
  });

  it('is a PostgreSQL that is not there', async () => {
    const connection = { postgres: 'postgres://svc:secret@127.0.0.1:1/nowhere' };
    const started = cluster.clusterRunner({ ...given, connection, ledger: { ...memoryLedger(), durable: true } });
    await expect(started).rejects.toMatchObject({ code: 'connection_failed', field: 'connection' });
    await expect(started).rejects.not.toThrow('secret');
  });

  it('is a port for its health that somebody else has: it does no work then', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as { port: number };
    await using bench = await ClusterBench.start('PostgreSQL', fakeTransport());
    await expect(bench.worker({ health: { port } })).rejects.toThrow('EADDRINUSE');
    expect(bench.log.map(({ event }) => event)).toEqual(['ready', 'draining', 'closed']);
    taken.close();
  });
});
