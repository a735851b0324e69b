export { sqliteLedger, type SqliteLedgerOptions } from './sqlite-ledger.js';
