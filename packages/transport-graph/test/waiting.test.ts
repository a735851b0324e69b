import { createRunner } from '@appointed/core';
import { expect, it } from 'vitest';
import { address, graphTo, startContoso } from './contoso.js';
import { LESSON } from './placing.js';

it('after 503 with the event stored, a run looks for it when Retry-After is over, and places nothing twice', async () => {
  await using exchange = await startContoso(1);
  exchange.control.setFaults([
    { operation: 'POST /users/{id}/events', fault: 'status', status: 503, retryAfter: 0.8, stored: 'before', times: 1 },
  ]);
  await using runner = await createRunner({ transport: graphTo(exchange) });
  const factory = { getAppointment: () => LESSON };
  const { counts } = await runner.run({ id: 'spring', mailboxes: [address(0)], factory, settleMs: 1 });
  expect(counts.done).toBe(1);
  expect(exchange.items(address(0))).toHaveLength(1);
  const requests = exchange.control.requests();
  const refused = requests.findIndex(({ status }) => status === 503);
  const [before, after] = [requests[refused], requests[refused + 1]].map((request) => Date.parse(request?.at ?? ''));
  expect((after ?? 0) - (before ?? 0)).toBeGreaterThanOrEqual(790);
});
