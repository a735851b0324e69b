// The options of a worker, for appointed-worker: what the trial that starts it says in the environment.
import type { ClusterConnection, ClusterWorkerOptions } from '@appointed/cluster';
import { postgresLedger } from '@appointed/ledger-postgres';
import { basic, ews } from '@appointed/transport-ews';
import { ACCOUNT, LESSON } from './settings.js';

const { TRIAL = '{}' } = process.env;

/** What a worker of a trial is told. */
export interface WorkerOrder {
  readonly connection: ClusterConnection;
  readonly ledger: string;
  readonly ews: string;
  readonly maxInFlight: number;
  /** Absent: any number. */
  readonly maxInFlightOverall?: number;
}

export default (): ClusterWorkerOptions => {
  const { connection, ledger, ews: url, maxInFlight, maxInFlightOverall } = JSON.parse(TRIAL) as WorkerOrder;
  return {
    connection,
    ledger: postgresLedger({ connectionString: ledger }),
    transport: ews({ url, credentials: basic(ACCOUNT) }),
    factories: { default: LESSON },
    maxInFlight,
    maxInFlightOverall: maxInFlightOverall ?? Number.POSITIVE_INFINITY,
  };
};
