import { startSandbox } from '@appointed/sandbox';
import { clientSecret, graph } from '@appointed/transport-graph';
import { expect, it } from 'vitest';
import { address } from './contoso.js';
import { call, MAILBOX, save } from './placing.js';

it('a server that was away is found again by the same transport', async () => {
  const seed = {
    mailboxes: [{ address: address(0) }],
    applications: [{ clientId: 'app-1', clientSecret: 'secret', mailboxes: ['*'] }],
  };
  const first = await startSandbox(seed);
  const authority = new URL(first.tokenUrl).origin;
  const credential = clientSecret({ tenant: 'contoso', clientId: 'app-1', secret: 'secret', authority });
  const transport = graph({ credential, baseUrl: first.graphUrl });
  expect((await save(transport)).kind).toBe('done');
  await first.close();
  const whileAway = await Promise.all([1, 2, 3, 4].map(() => transport.find(MAILBOX, ['k'], call())));
  for (const { kind } of whileAway) expect(['deferred', 'unknown']).toContain(kind);

  await using second = await startSandbox({ ...seed, port: first.port });
  const outcomes = await Promise.all([1, 2, 3].map(() => transport.check(MAILBOX, call())));
  expect(outcomes.map(({ kind }) => kind)).toEqual(['done', 'done', 'done']);
  expect(second.control.report().requests.byStatus).toMatchObject({ 200: expect.any(Number) as number });
  await transport.close();
});
