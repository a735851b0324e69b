import { ledgerSuite, type LedgerHarness } from '@appointed/testkit';
import { describe, expect, it } from 'vitest';
import { brokenLedger, brokenLedgers } from './broken-ledgers.js';
import { failuresOf } from './collect-failures.js';

describe('ledgerSuite', () => {
  it('passes for a ledger that keeps the contract', async () => {
    expect(await failuresOf(suiteFor(harness(() => ({}))))).toEqual([]);
  });

  it.concurrent.each(brokenLedgers)('fails for a ledger that %s', async (_rule, noticedBy, breakIt) => {
    // Only the tests that must notice: all of them, for each rule, would take a minute.
    const failures = await failuresOf(({ describe, it }) =>
      ledgerSuite({ describe, it: (name, test) => noticedBy.test(name) && it(name, test) }, harness(breakIt)),
    );
    expect(failures.join('\n')).toMatch(noticedBy);
  });

  it('adds tests for ledgers that outlive their process', () => {
    expect(names(true).filter((name) => !names(false).includes(name))).toContain(
      'has everything when it is opened again',
    );
  });
});

function harness(breakIt: (typeof brokenLedgers)[number][2]): LedgerHarness {
  return {
    name: 'in memory',
    durable: false,
    patienceMs: 1500,
    open: (clock) => {
      const ledger = brokenLedger(clock, breakIt);
      return Promise.resolve({ ledger, close: () => ledger.close() });
    },
  };
}

function names(durable: boolean): readonly string[] {
  const found: string[] = [];
  const runner = { describe: (_name: string, body: () => void) => body(), it: (name: string) => found.push(name) };
  ledgerSuite(runner, { ...harness(() => ({})), durable });
  return found;
}

function suiteFor(harness: LedgerHarness): Parameters<typeof failuresOf>[0] {
  return (runner) => ledgerSuite(runner, harness);
}
