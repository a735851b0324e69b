// Opens a ledger and reads from it, and tells how that went.
import { AppointedError } from '@appointed/core';
import { sqliteLedger } from '@appointed/ledger-sqlite';
import { RUN } from './run.js';

const [path = ''] = process.argv.slice(2);
try {
  const ledger = sqliteLedger({ path });
  await ledger.claim(RUN, { id: 'one', name: 'one' }, 1, 1000);
  console.log('it could be opened');
} catch (error) {
  console.log(AppointedError.is(error) ? `${error.message} ${error.hint}` : `raw: ${String(error)}`);
}
