import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const conditions = ['@appointed/source', 'module', 'node', 'development|production'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: ['@appointed/source'] } },
  test: {
    include: ['packages/*/test/**/*.test.ts'],
    testTimeout: 20_000,
    pool: 'forks',
    // By default one less: on two cores that is one after the other.
    maxWorkers: availableParallelism(),
    // Modules are loaded once for each worker: with a fresh copy for each file, loading took longer than testing.
    isolate: false,
  },
});
