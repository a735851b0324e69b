import { createRunner, placementKey, parseMailbox } from '@appointed/core';
import { expect, it } from 'vitest';
import { address, keyOf, startContoso } from './contoso.js';
import { transportTo } from './placing.js';

const MAILBOXES = 1000;
const IN_FLIGHT = 32;
const START = Date.UTC(2027, 0, 15, 9);

it('a thousand mailboxes with 32 in flight: each item in its own calendar, with its key, and nowhere else', async () => {
  await using exchange = await startContoso(MAILBOXES);
  await using runner = await createRunner({ transport: transportTo(exchange.ewsUrl), maxInFlight: IN_FLIGHT });
  const report = await runner.run({
    id: 'thousand',
    mailboxes: Array.from({ length: MAILBOXES }, (_, n) => address(n)),
    factory: {
      getAppointment: ({ mailbox }) => ({
        subject: `For ${mailbox.id}`,
        start: new Date(START),
        end: new Date(START + 3_600_000),
      }),
    },
  });
  expect(report.counts).toMatchObject({ rows: MAILBOXES, done: MAILBOXES });
  expect(report.failures).toEqual([]);
  for (let n = 0; n < MAILBOXES; n += 1) {
    const stored = exchange.items(address(n)).map((item) => ({ subject: item.subject, key: keyOf(item) }));
    const key = placementKey('thousand', 'default', parseMailbox(address(n)));
    expect(stored).toEqual([{ subject: `For ${address(n)}`, key }]);
  }
  expect(exchange.items('president@contoso.com')).toEqual([]);
}, 60_000);
