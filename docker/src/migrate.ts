// Makes the tables of the ledger. The queue is on Redis and needs none.
import { migrate } from '@appointed/ledger-postgres';
import { connectionString } from './settings.js';

await migrate({ connectionString });
