import {
  type Claim,
  type Enrolment,
  LEDGER_FORMAT,
  type Mark,
  parseMailbox,
  placementKey,
  type RunLedger,
} from '@appointed/core';

export const RUN = 'lessons-2027';

/** A run with that many placements, all waiting. */
export async function begin(ledger: RunLedger, count: number): Promise<void> {
  await ledger.open({
    format: LEDGER_FORMAT,
    runId: RUN,
    startedAt: 1_799_999_999_000,
    transport: 'fake',
    slots: [{ name: 'default', version: '' }],
    audienceComplete: false,
  });
  await ledger.enrol(
    RUN,
    Array.from({ length: count }, (_, n) => enrolment(n + 1)),
  );
}

function enrolment(row: number): Enrolment {
  const mailbox = parseMailbox(`mailbox-${row}@contoso.com`);
  return { key: placementKey(RUN, 'default', mailbox), row, mailbox, slot: 'default' };
}

/** A mark of what was done. */
export function done({ placement: { key, row }, fence }: Claim): Mark {
  return { runId: RUN, key, fence, state: 'done', attempts: 1, receipt: { itemId: `item-${row}` } };
}
