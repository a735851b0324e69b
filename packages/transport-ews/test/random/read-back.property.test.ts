import { isDeepStrictEqual } from 'node:util';
import {
  type Appointment,
  type AppointmentInput,
  digestFields,
  parseAppointment,
  parseMailbox,
  type StoredItem,
} from '@appointed/core';
import type { EwsTransport } from '@appointed/transport-ews';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { address, startContoso } from '../contoso.js';
import { call, transportTo } from '../placing.js';
import { schemaIsAtHand, validateAll } from '../schema.js';
import { anyAppointment } from './appointments.js';
import { recorderOf } from './recorder.js';

const TRIALS = process.env['APPOINTED_TRIALS'] === undefined ? 300 : 20_000;
const AT_ONCE = 10;
const mailbox = parseMailbox(address(0));

it(
  `${TRIALS} random appointments are valid by the schemas, and read back as what was put in`,
  { timeout: 3_600_000 },
  async () => {
    const seed = Number(process.env['APPOINTED_SEED'] ?? Date.now() % 2 ** 31);
    console.log(`random appointments: APPOINTED_SEED=${seed}`);
    const inputs = fc.sample(anyAppointment, { seed, numRuns: TRIALS });
    for (let n = 0; n < inputs.length; n += 500) expect(await differences(inputs.slice(n, n + 500))).toEqual([]);
  },
);

/**
 * What is read otherwise than it was put in. With a server of its own: a calendar of thousands is slow.
 * @throws Error for what is not saved, or not valid by the schemas
 */
async function differences(inputs: readonly AppointmentInput[]): Promise<readonly unknown[]> {
  await using exchange = await startContoso(1);
  await using recorder = await recorderOf(exchange.ewsUrl);
  const transport = transportTo(recorder.url);
  const found: unknown[] = [];
  for (let n = 0; n < inputs.length; n += AT_ONCE) {
    const contents = inputs.slice(n, n + AT_ONCE).map((input) => parseAppointment(input));
    const stored = await savedAndRead(transport, contents);
    for (const [index, content] of contents.entries()) {
      const [want, have] = [comparable(content, content), comparable(stored[index] ?? {}, content)];
      if (!isDeepStrictEqual(have, want)) found.push({ want, have });
    }
  }
  await transport.close();
  if (schemaIsAtHand) validateAll(recorder.take());
  return found;
}

async function savedAndRead(
  transport: EwsTransport,
  contents: readonly Appointment[],
): Promise<readonly StoredItem['fields'][]> {
  const items = contents.map((content, index) => ({ key: `${index}`.padStart(32, '0'), content }));
  const outcomes = await transport.save({ mailbox, sendMode: 'none', items }, call());
  const ids = outcomes.map((outcome, index) => {
    if (outcome.kind === 'done') return outcome.value.itemId;
    throw new Error(`${JSON.stringify(outcome)}: ${JSON.stringify(contents[index])}`);
  });
  const read = await transport.read(mailbox, ids, call());
  if (read.kind !== 'done') throw new Error(JSON.stringify(read));
  return read.value.map((item) => (item === 'gone' ? {} : item.fields));
}

/**
 * Fields as they can be compared, and their digests, of those that are given: servers add defaults, tell times in UTC, and
 * keep nothing empty.
 */
function comparable(fields: Partial<Appointment>, given: Appointment): object {
  const { start, end, body, ...others } = fields;
  const kept = Object.entries({ ...others, body: body?.content === '' ? undefined : body }).filter(
    ([field, value]) => field in given && !isEmpty(value),
  );
  const digests = Object.entries(digestFields('k', fields)).filter(([field]) => field in given);
  return {
    ...Object.fromEntries(kept),
    start: start?.epochMs,
    end: end?.epochMs,
    digests: Object.fromEntries(digests),
  };
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}
