import assert from 'node:assert/strict';
import { inMailboxZone, parseAppointment } from '@appointed/core';
import { call, type Test } from './bench.js';

/** `zone`: the zone that an owner has chosen, under a name that core knows. */
export function describeZones(test: Test): void {
  test('tells the zones of the mailboxes whose zones the harness tells, and writes nothing', async (bench) => {
    for (const [n, zone] of (bench.under.zones ?? []).entries()) {
      const mailbox = bench.mailbox(n);
      const outcome = await bench.transport.zone(mailbox, call());
      assert.equal(outcome.kind, 'done');
      assert.equal(outcome.value === undefined, zone === undefined);
      assert.equal(beginningIn(outcome.value), beginningIn(zone));
      assert.deepEqual(await bench.stored(mailbox), []);
    }
  });
}

/** When a day begins there: names differ, days do not. */
function beginningIn(zone: string | undefined): number {
  const start = { date: '2027-07-01', timeZone: 'mailbox', fallback: 'Pacific/Apia' };
  return inMailboxZone(parseAppointment({ subject: 'any', start, end: start }), zone).start.epochMs;
}
