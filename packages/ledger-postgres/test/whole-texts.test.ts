import { LEDGER_FORMAT, parseMailbox, type PlacementRow, type Receipt } from '@appointed/core';
import { postgresLedger } from '@appointed/ledger-postgres';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { temporarySchema } from './temporary-schema.js';

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.base64String(),
  // What arrays and JSON give a meaning to, and what UTF-8 and PostgreSQL cannot hold.
  fc.stringMatching(/^["\\{},\0\uD800-\uDFFFNUL]{0,20}$/),
);
const receipt = fc.record(
  { itemId: text, changeKey: text, iCalUid: text, requestId: text },
  { requiredKeys: ['itemId'] },
);
const seed = 20_270_115;

it(`gives back every text as it was (seed ${seed})`, async () => {
  const where = await temporarySchema();
  const ledger = postgresLedger({ connectionString: where.connectionString, schema: where.schema });
  const given = fc.sample(fc.tuple(text, text, text, receipt), { numRuns: 500, seed });
  const [runId] = given.at(-1)!;
  const slots = given.map(([name], n) => ({ name: `${name}${n}`, version: '' }));
  const manifest = { format: LEDGER_FORMAT, runId, startedAt: 1, transport: 'fake', slots, audienceComplete: false };
  expect((await ledger.open(manifest)).manifest).toEqual(manifest);

  const mailbox = parseMailbox('alfred@contoso.com');
  const enrolments = given.map(([name, key, value], n) => ({
    key: `${key}${n}`,
    row: 1,
    mailbox: { ...mailbox, id: value, attributes: { [value]: value } },
    slot: `${name}${n}`,
  }));
  await ledger.enrol(runId, enrolments);
  const { claims } = await ledger.claim(runId, { id: runId, name: runId }, 500, 60_000);
  const receipts = new Map<string, Receipt>(enrolments.map(({ key }, n) => [key, given[n]![3]]));
  await ledger.mark(
    claims.map(({ placement: { key }, fence }) => {
      const error = { code: 'server_rejected', message: receipts.get(key)!.itemId } as const;
      return { runId, key, fence, state: 'done', attempts: 1, receipt: receipts.get(key)!, error };
    }),
  );

  const rows: PlacementRow[] = [];
  for await (const row of ledger.rows(runId)) rows.push(row);
  expect(rows.map(({ key, mailbox: { id, attributes }, slot }) => [key, id, attributes, slot])).toEqual(
    enrolments.map(({ key, mailbox: { id, attributes }, slot }) => [key, id, attributes, slot]),
  );
  for (const row of rows)
    expect([row.receipt, row.error?.message]).toEqual([receipts.get(row.key), row.receipt?.itemId]);
  await ledger.close();
  await where.drop();
});
