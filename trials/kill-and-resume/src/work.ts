// One process that begins or continues a run, revises it or takes it back. It is killed at some random moment, and
// started again.
import { createRunner } from '@appointed/core';
import { sqliteLedger } from '@appointed/ledger-sqlite';
import { addressesOf, IN_FLIGHT, lessonFor, matchFor, PATIENT, RUN_ID } from './settings.js';
import { type Addresses, type TransportName, transportTo } from './transport.js';

const [verb = '', transport = '', addresses = '', path = '', mailboxes = '0'] = process.argv.slice(2);

const ledger = sqliteLedger({ path });
const runner = await createRunner({
  transport: transportTo(transport as TransportName, JSON.parse(addresses) as Addresses),
  ledger,
  maxInFlight: IN_FLIGHT,
});
const VERBS: Readonly<Record<string, () => ReturnType<typeof runner.run>>> = {
  run: () =>
    runner.run({
      id: RUN_ID,
      mailboxes: addressesOf(Number(mailboxes)),
      factory: { getAppointment: lessonFor },
      ...PATIENT,
    }),
  revise: () => runner.revise(RUN_ID, { factory: { getAppointment: matchFor }, ...PATIENT }),
  retract: () => runner.retract(RUN_ID, PATIENT),
};
const report = await VERBS[verb]?.();
if (report === undefined) throw new Error(`${verb} is no verb`);
await runner.close();
await ledger.close();
const { counts, stopped } = report;
if (stopped !== undefined) console.error(stopped.message);
process.exitCode = stopped === undefined && counts.rejected + counts.deferred + counts.unknown === 0 ? 0 : 1;
