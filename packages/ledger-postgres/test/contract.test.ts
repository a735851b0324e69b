import { postgresLedger } from '@appointed/ledger-postgres';
import { ledgerSuite } from '@appointed/testkit';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { holdAndDie } from './child.js';
import { type TemporarySchema, temporarySchema } from './temporary-schema.js';

let where: TemporarySchema;
beforeAll(async () => {
  where = await temporarySchema();
});
afterAll(() => where.drop());

ledgerSuite(
  { describe, it },
  {
    name: 'postgresLedger',
    durable: true,
    // A statement takes a millisecond, and one of the tests makes thousands.
    patienceMs: 60_000,
    open: async (clock) => {
      const { connectionString, schema, pool, ask, empty } = where;
      const ledger = postgresLedger({ pool, schema, clock });
      return {
        ledger,
        storage: {
          openAnother: async () => postgresLedger({ connectionString, schema, clock }),
          holdAndDie: (runId, owner) => holdAndDie(where, runId, owner),
          writeNewerFormat: async () => {
            await ask('UPDATE $schema.format SET number = 1000');
          },
        },
        close: async () => {
          await ledger.close();
          await ask('UPDATE $schema.format SET number = 1');
          await empty();
        },
      };
    },
  },
);
