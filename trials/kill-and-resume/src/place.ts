// One process that begins or continues the run. It is killed at some random moment, and started again.
import { createRunner } from '@appointed/core';
import { sqliteLedger } from '@appointed/ledger-sqlite';
import { basic, ews } from '@appointed/transport-ews';
import { CREDENTIALS, IN_FLIGHT, lessonFor, RUN_ID, TIMES } from './settings.js';

const [url = '', path = '', mailboxes = '0'] = process.argv.slice(2);

const ledger = sqliteLedger({ path });
const runner = await createRunner({
  transport: ews({ url, credentials: basic(CREDENTIALS) }),
  ledger,
  maxInFlight: IN_FLIGHT,
});
const { counts, stopped } = await runner.run({
  id: RUN_ID,
  mailboxes: Array.from({ length: Number(mailboxes) }, (_, n) => `user${n}@contoso.com`),
  factory: { getAppointment: lessonFor },
  maxAttempts: 20,
  ...TIMES,
});
await runner.close();
await ledger.close();
if (stopped !== undefined) console.error(stopped.message);
process.exitCode = stopped === undefined && counts.rejected + counts.deferred + counts.unknown === 0 ? 0 : 1;
