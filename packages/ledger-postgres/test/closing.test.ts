import { postgresLedger } from '@appointed/ledger-postgres';
import { expect, it } from 'vitest';
import { begin, done, RUN } from './run.js';
import { temporarySchema } from './temporary-schema.js';

it('makes the marks that it was given before it is closed, and closes what was never used', async () => {
  const where = await temporarySchema();
  await postgresLedger({ ...where.at, connectionString: 'postgres://127.0.0.1:1/nowhere' }).close();
  const ledger = postgresLedger(where.at);
  await begin(ledger, 20);
  const { claims } = await ledger.claim(RUN, { id: 'one', name: 'one' }, 20, 60_000);
  const marking = claims.map((claim) => ledger.mark([done(claim)]));
  // They are prepared to be written together, in a turn of the event loop that has not come yet.
  await Promise.resolve();
  await ledger.close();
  await Promise.all(marking);
  const again = postgresLedger(where.at);
  expect((await again.settled(RUN)).done).toBe(20);
  await again.close();
  await where.drop();
});
