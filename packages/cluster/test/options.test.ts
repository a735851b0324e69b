import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as cluster from '@appointed/cluster';
import { memoryLedger } from '@appointed/core';
import { fakeTransport } from '@appointed/testkit';
import { describe, expect, it } from 'vitest';
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
