import { memoryLedger } from '@appointed/core';
import { ledgerSuite } from '@appointed/testkit';
import { describe, it } from 'vitest';

ledgerSuite(
  { describe, it },
  {
    name: 'memoryLedger',
    durable: false,
    open: (clock) => {
      const ledger = memoryLedger({ clock });
      return Promise.resolve({ ledger, close: () => ledger.close() });
    },
  },
);
