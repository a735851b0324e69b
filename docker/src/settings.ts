import { TennisLessonFactory } from '@appointed/factories';
import { postgresLedger } from '@appointed/ledger-postgres';
import { basic, ews } from '@appointed/transport-ews';

const { EWS_URL = '', EWS_USER = '', EWS_PASSWORD = '', DATABASE_URL = '', REDIS_URL = '' } = process.env;

/** The database of the ledger. */
export const connectionString: string = DATABASE_URL;

/** What the runner and the workers have in common. */
export function settings() {
  return {
    connection: { redis: REDIS_URL },
    ledger: postgresLedger({ connectionString }),
    transport: ews({ url: EWS_URL, credentials: basic({ user: EWS_USER, password: EWS_PASSWORD }) }),
    factories: { lesson: TennisLessonFactory },
  } as const;
}
