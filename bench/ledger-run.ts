// What the benchmarks of ledgers have in common: a run, its placements, and what a server answers.
import { createHash } from 'node:crypto';
import {
  type Claim,
  digestFields,
  type Enrolment,
  type Mark,
  parseAppointment,
  parseMailbox,
  placementKey,
  type RunLedger,
} from '@appointed/core';

export const RUN = 'bench';
export const OWNER = { id: 'bench', name: 'bench' };
const CHUNK = 500;
const REQUEST_ID = '2c9e1c3f-6f8e-4b0b-9a64-0a4d3a4d5e6f';

const APPOINTMENT = parseAppointment({
  subject: 'Tennis lesson',
  body: 'Bring a racket.',
  start: new Date('2027-01-15T09:00:00Z'),
  end: new Date('2027-01-15T10:00:00Z'),
  location: 'Court 2',
  reminder: { minutesBefore: 15 },
  showAs: 'busy',
  categories: ['Sports'],
});

export async function openRun(ledger: RunLedger): Promise<void> {
  const slots = [{ name: 'default', version: '' }];
  await ledger.open({ format: 1, runId: RUN, startedAt: 1, transport: 'bench', slots, audienceComplete: false });
}

/** A run with that many placements, all waiting. */
export async function begin(ledger: RunLedger, rows: number): Promise<void> {
  await openRun(ledger);
  for (let first = 1; first <= rows; first += CHUNK) {
    await ledger.enrol(RUN, enrolments(first, Math.min(CHUNK, rows - first + 1)));
  }
}

export function enrolments(first: number, count: number): readonly Enrolment[] {
  return Array.from({ length: count }, (_, n) => enrolment(first + n));
}

function enrolment(row: number): Enrolment {
  const mailbox = parseMailbox(`firstname.lastname${row}@contoso.com`);
  return { key: placementKey(RUN, 'default', mailbox), row, mailbox, slot: 'default' };
}

/** With a receipt of the size that Exchange sends: 152 characters of item id, 40 of change key, a GUID; 8 digests. */
export function done({ placement, fence }: Claim): Mark {
  const digest = createHash('sha512').update(placement.key).digest();
  const receipt = {
    itemId: Buffer.concat([digest, digest.subarray(14)]).toString('base64'),
    changeKey: digest.subarray(0, 30).toString('base64'),
    iCalUid: `${placement.key}@appointed`,
    requestId: REQUEST_ID,
  };
  const written = digestFields(placement.key, APPOINTMENT);
  return { runId: RUN, key: placement.key, fence, state: 'done', attempts: 1, receipt, written };
}
