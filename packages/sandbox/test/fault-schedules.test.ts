import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FaultRule, type Sandbox, startSandbox } from '../src/index.js';
import { contoso } from '../src/vitest.js';
import { createRequest, inShort, send } from './raw-client.js';

const MAILBOXES = ['alfred@contoso.com', 'berta@contoso.com'];

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ ...contoso, randomSeed: 1 });
});

afterAll(() => sandbox.close());

const stored = fc.constantFrom('never' as const, 'before' as const, 'late' as const);
const match = fc.record(
  {
    mailbox: fc.constantFrom(...MAILBOXES),
    per: fc.constantFrom('server' as const, 'mailbox' as const),
    after: fc.nat(3),
    every: fc.integer({ min: 1, max: 3 }),
    times: fc.integer({ min: 1, max: 3 }),
    probability: fc.constantFrom(0.3, 0.7),
  },
  { requiredKeys: [] },
);
const fault = fc.oneof(
  fc.record({ fault: fc.constant('busy' as const), stored }),
  fc.record({ fault: fc.constant('status' as const), status: fc.constantFrom(429, 500, 503), stored }),
  fc.record({ fault: fc.constant('reset' as const), stored }),
  fc.record({ fault: fc.constant('cut' as const) }),
  fc.record({ fault: fc.constant('latency' as const), ms: fc.constant(1), stored: fc.constantFrom('before', 'after') }),
  fc.record({
    fault: fc.constant('error' as const),
    code: fc.constantFrom('ErrorItemSave', 'ErrorServerBusy'),
    part: fc.integer({ min: 1, max: 2 }),
    stored,
  }),
);
const schedule = fc.array(
  fc.tuple(match, fault).map(([narrow, act]) => ({ ...narrow, ...act, lateMs: 60_000 })),
  { minLength: 1, maxLength: 5 },
);

/** A rule may only carry what its fault knows. */
function asRules(rules: readonly object[]): FaultRule[] {
  return rules.map((rule) => {
    const { lateMs, ...rest } = rule as FaultRule & { lateMs: number };
    return 'stored' in rest && rest.stored === 'late' ? { ...rest, lateMs } : (rest as FaultRule);
  });
}

/** Ten requests of two items each, one after another. */
async function play(rules: readonly FaultRule[]): Promise<string[]> {
  sandbox.control.setFaults(rules);
  sandbox.control.reset();
  const seen: string[] = [];
  for (let request = 0; request < 10; request += 1) {
    const xml = createRequest(MAILBOXES[request % 2] ?? '', [`${request} one`, `${request} two`]);
    seen.push(inShort(await send(sandbox, xml)));
  }
  return seen;
}

/** The subjects of the parts that were answered with NoError. */
function saidToBeStored(seen: readonly string[]): string[] {
  return seen.flatMap((outcome, request) => {
    const [status, ...codes] = outcome.split(' ');
    const subject = (part: number) => `${request} ${part === 0 ? 'one' : 'two'}`;
    return status === '200' ? codes.flatMap((code, part) => (code === 'NoError' ? [subject(part)] : [])) : [];
  });
}

const subjects = () => MAILBOXES.flatMap((mailbox) => sandbox.items(mailbox).map(({ subject }) => subject));

test('whatever the faults: what is answered is stored, nothing is stored twice, and it all repeats', async () => {
  await fc.assert(
    fc.asyncProperty(schedule, async (drawn) => {
      const rules = asRules(drawn);
      const seen = await play(rules);
      const atOnce = subjects();
      sandbox.control.settle();
      const all = subjects();
      expect(new Set(all).size).toBe(all.length);
      expect(atOnce).toEqual(expect.arrayContaining(saidToBeStored(seen)));
      expect(sandbox.control.report().lateStores).toBe(0);
      expect(await play(rules)).toEqual(seen);
      expect(subjects()).toEqual(atOnce);
    }),
    { numRuns: 15 },
  );
});
