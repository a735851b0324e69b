import { createRunner, memoryLedger, type RunLedger } from '@appointed/core';
import { fakeTransport } from '@appointed/testkit';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { addresses, lesson } from './lesson.js';
import { passTime, stopTime } from './passing-time.js';
import { deferred, lost } from './scripted-outcomes.js';

beforeEach(stopTime);
afterEach(() => {
  vi.useRealTimers();
});

/**
 * A ledger whose claims and marks go over different connections: what it says when nothing is to be claimed arrives so many
 * microtasks after a mark that it does not know of yet.
 */
function ledgerOfTwoConnections(microtasks: number): RunLedger {
  const ledger = memoryLedger();
  const { claim, mark } = { claim: ledger.claim.bind(ledger), mark: ledger.mark.bind(ledger) };
  let hasClaimed = false;
  let hasMarked = false;
  let deliver: (() => void) | undefined;
  return Object.assign(ledger, {
    claim: async (...call: Parameters<RunLedger['claim']>) => {
      const claims = await claim(...call);
      const isEarly = hasClaimed && !hasMarked && claims.claims.length === 0;
      if (claims.claims.length > 0) hasClaimed = true;
      if (isEarly) await new Promise<void>((resolve) => (deliver = resolve));
      return claims;
    },
    mark: async (...call: Parameters<RunLedger['mark']>) => {
      await mark(...call);
      hasMarked = true;
      void (async () => {
        for (let passed = 0; passed < microtasks; passed += 1) await undefined;
        deliver?.();
      })();
    },
  });
}

it.each([0, 1, 2, 5, 10, 20, 50, 100].flatMap((late) => [deferred, lost].map((first) => [late, first] as const)))(
  'a run goes on although the ledger says %i microtasks late that nothing is due, when one has to be tried again',
  async (late, first) => {
    const transport = fakeTransport({
      script: ({ nth, verb }) => {
        const after = new Promise((resolve) => setTimeout(resolve, 100));
        return verb === 'save' && nth === 1 ? { ...first, after } : undefined;
      },
    });
    const runner = await createRunner({ transport, ledger: ledgerOfTwoConnections(late) });
    const report = await passTime(runner.run({ mailboxes: addresses(1), factory: lesson }));
    expect(report.stopped).toBeUndefined();
    expect(report.counts).toMatchObject({ rows: 1, done: 1 });
    expect([...addresses(1)].map((address) => transport.stored(address).length)).toEqual([1]);
  },
);
