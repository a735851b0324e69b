import { join } from 'node:path';
import { type Claim, placementUid, type Receipt } from '@appointed/core';
import { sqliteLedger } from '@appointed/ledger-sqlite';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { begin, RUN } from './run.js';
import { temporaryDirectory } from './temporary-ledger.js';

const bytes = fc.uint8Array({ maxLength: 150 }).map((given) => Buffer.from(given));
const text = fc.oneof(
  bytes.map((given) => given.toString('base64')),
  bytes.map((given) => given.toString('base64url')),
  bytes.map((given) => given.toString('hex')),
  bytes.map((given) => given.toString('hex').toUpperCase()),
  fc.uuid(),
  fc.string({ unit: 'binary' }),
  // Nearly base64: with spare bits, or padding too much.
  fc.stringMatching(/^[A-Za-z0-9+/]{8,12}={0,3}$/),
  fc.stringMatching(/^[\0\uD800-\uDFFF0-9a-f-]{0,40}$/),
);
const receipt = fc.record(
  { itemId: text, changeKey: text, iCalUid: text, requestId: text },
  { requiredKeys: ['itemId'] },
);
const seed = 20_270_115;

it(`gives back every receipt as it was (seed ${seed})`, async () => {
  const directory = temporaryDirectory();
  const ledger = sqliteLedger({ path: join(directory.path, 'ledger.db') });
  await begin(ledger, 1);
  let claim = await claimed();
  await fc.assert(
    fc.asyncProperty(receipt, fc.boolean(), async (random, ownUid) => {
      const iCalUid = ownUid ? { iCalUid: placementUid(claim.placement.key) } : {};
      const given: Receipt = { ...random, ...iCalUid };
      const { key } = claim.placement;
      await ledger.mark([
        { runId: RUN, key, fence: claim.fence, state: 'deferred', attempts: 0, dueAt: 0, receipt: given },
      ]);
      claim = await claimed();
      expect(claim.placement.receipt).toEqual(given);
    }),
    { numRuns: 500, seed },
  );
  await ledger.close();
  directory.remove();

  async function claimed(): Promise<Claim> {
    const { claims } = await ledger.claim(RUN, { id: 'one', name: 'one' }, 1, 60_000);
    return claims[0]!;
  }
});
