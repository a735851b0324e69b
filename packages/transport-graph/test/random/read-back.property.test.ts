import { isDeepStrictEqual } from 'node:util';
import {
  type Appointment,
  type AppointmentInput,
  digestFields,
  parseAppointment,
  parseMailbox,
  type StoredItem,
} from '@appointed/core';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { anyAppointment } from '../../../transport-ews/test/random/appointments.js';
import { address, ewsId, ewsTo, graphTo, startContoso } from '../contoso.js';
import { call, done } from '../placing.js';

const TRIALS = process.env['APPOINTED_TRIALS'] === undefined ? 80 : 10_000;
const mailbox = parseMailbox(address(0));

it(
  `${TRIALS} random appointments are read back over Graph and over EWS as they were put in over Graph`,
  { timeout: 3_600_000 },
  async () => {
    const seed = Number(process.env['APPOINTED_SEED'] ?? Date.now() % 2 ** 31);
    console.log(`random appointments over Graph: APPOINTED_SEED=${seed}`);
    const inputs = fc.sample(anyAppointment, { seed, numRuns: TRIALS });
    for (let n = 0; n < inputs.length; n += 500) expect(await differences(inputs.slice(n, n + 500))).toEqual([]);
  },
);

/** What is read otherwise than it was put in. With a server of its own: a calendar of thousands is slow. */
async function differences(inputs: readonly AppointmentInput[]): Promise<readonly unknown[]> {
  await using exchange = await startContoso(1);
  const [graph, ews] = [graphTo(exchange), ewsTo(exchange)];
  const found: unknown[] = [];
  for (const [n, input] of inputs.entries()) {
    const content = parseAppointment(input);
    const key = `${n}`.padStart(32, '0');
    const sendMode = 'allAndSaveCopy';
    const [outcome] = await graph.save({ mailbox, sendMode, items: [{ key, content }] }, call());
    if (outcome?.kind !== 'done') throw new Error(`${JSON.stringify(outcome)}: ${JSON.stringify(content)}`);
    const { itemId } = outcome.value;
    const [overGraph] = done(await graph.read(mailbox, [itemId], call()));
    const [overEws] = done(await ews.read(mailbox, [ewsId(itemId)], call()));
    for (const [how, item] of Object.entries({ overGraph, overEws })) {
      const [want, have] = [comparable(content, content), comparable(fieldsOf(item), content)];
      if (!isDeepStrictEqual(have, want)) found.push({ how, want, have });
    }
  }
  await Promise.all([graph.close(), ews.close()]);
  return found;
}

function fieldsOf(item: StoredItem | 'gone' | undefined): Partial<Appointment> {
  return item === undefined || item === 'gone' ? {} : item.fields;
}

/** Digests of the fields that are given: servers add defaults, tell times in UTC, and bodies as they like. */
function comparable(fields: Partial<Appointment>, given: Appointment): object {
  return Object.fromEntries(Object.entries(digestFields('k', fields)).filter(([field]) => field in given));
}
