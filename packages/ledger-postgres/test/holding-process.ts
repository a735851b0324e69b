// Holds a run until it is killed.
import { postgresLedger } from '@appointed/ledger-postgres';

const [connectionString = '', schema = '', runId = '', id = '', name = ''] = process.argv.slice(2);
await postgresLedger({ connectionString, schema }).hold(runId, { id, name });
console.log('held');
setInterval(() => undefined, 1000);
