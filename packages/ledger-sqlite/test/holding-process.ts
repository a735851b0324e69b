// Holds a run until it is killed.
import { sqliteLedger } from '@appointed/ledger-sqlite';

const [path = '', runId = '', id = '', name = '', now] = process.argv.slice(2);
const clock = now === undefined ? Date.now : () => Number(now);
await sqliteLedger({ path, clock }).hold(runId, { id, name });
console.log('held');
setInterval(() => undefined, 1000);
