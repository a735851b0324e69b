import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

// Without `module`, which is for bundlers: what stands there need not load in Node.
const conditions = ['@appointed/source', 'node', 'development|production'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: ['@appointed/source'] } },
  test: {
    include: ['packages/*/test/**/*.test.ts'],
    globalSetup: ['testing/postgres/src/vitest-setup.ts'],
    testTimeout: 20_000,
    // The first that asks for a PostgreSQL waits until it has started.
    hookTimeout: 60_000,
    pool: 'forks',
    // By default one less than cores. One more, since many tests wait for a server or a child process.
    maxWorkers: availableParallelism() + 1,
    // Modules are loaded once for each worker: with a fresh copy for each file, loading took longer than testing.
    isolate: false,
  },
});
