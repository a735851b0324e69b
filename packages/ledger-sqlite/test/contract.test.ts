import { join } from 'node:path';
import { sqliteLedger } from '@appointed/ledger-sqlite';
import { ledgerSuite } from '@appointed/testkit';
import Database from 'libsql';
import { describe, it } from 'vitest';
import { holdAndDie } from './child.js';
import { temporaryDirectory } from './temporary-ledger.js';

ledgerSuite(
  { describe, it },
  {
    name: 'sqliteLedger',
    durable: true,
    open: (clock) => {
      const directory = temporaryDirectory();
      const path = join(directory.path, 'runs', 'ledger.db');
      const ledger = sqliteLedger({ path, clock });
      return Promise.resolve({
        ledger,
        storage: {
          openAnother: async () => sqliteLedger({ path, clock }),
          holdAndDie: (runId, owner) => holdAndDie(path, runId, owner, clock()),
          writeNewerFormat: async () => {
            const database = new Database(path);
            database.pragma('user_version = 1000');
            database.close();
          },
        },
        close: async () => {
          await ledger.close();
          directory.remove();
        },
      });
    },
  },
);
