// Enrols until the disk is full, opens the ledger again, and tells what was acknowledged and what is there.
import { AppointedError } from '@appointed/core';
import { sqliteLedger } from '@appointed/ledger-sqlite';
import { begin, RUN } from './run.js';

const [path = ''] = process.argv.slice(2);
const ledger = sqliteLedger({ path });
let acknowledged = 0;
const failure = await fill().catch((error: unknown) => error);
await ledger.close().catch(() => undefined);

const again = sqliteLedger({ path });
const found = new Set<string>();
for await (const { key } of again.rows(RUN)) found.add(key);
const { message, hint } = AppointedError.is(failure) ? failure : { message: `raw: ${String(failure)}`, hint: '' };
console.log(JSON.stringify({ message, hint, acknowledged, found: found.size }));

async function fill(): Promise<never> {
  for (;;) {
    await begin(ledger, acknowledged + 50);
    acknowledged += 50;
  }
}
