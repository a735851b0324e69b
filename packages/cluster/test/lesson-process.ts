// The options of a worker, for `appointed-worker`: what the test that starts it says in the environment.
import type { ClusterWorkerOptions } from '@appointed/cluster';
import { sqliteLedger } from '@appointed/ledger-sqlite';
import { basic, ews } from '@appointed/transport-ews';
import { fileURLToPath } from 'node:url';

const { TEST_REDIS = '', TEST_LEDGER = '', TEST_EWS = '', TEST_USER = '', TEST_PASSWORD = '' } = process.env;

export default (): ClusterWorkerOptions => ({
  connection: { redis: TEST_REDIS },
  ledger: sqliteLedger({ path: TEST_LEDGER }),
  transport: ews({ url: TEST_EWS, credentials: basic({ user: TEST_USER, password: TEST_PASSWORD }) }),
  factories: { default: fileURLToPath(new URL('./lesson.ts', import.meta.url)) },
});
