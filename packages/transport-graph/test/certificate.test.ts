import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { graph } from '@appointed/transport-graph';
import { generate } from 'selfsigned';
import { expect, it } from 'vitest';
import { save } from './placing.js';

it('a server whose certificate nobody vouches for gets no token, and the run stops', async () => {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }]);
  let requests = 0;
  const server = createServer({ key, cert }, (_request, response) => {
    requests += 1;
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const credential = { getToken: () => Promise.resolve({ token: 'x', expiresOnTimestamp: Date.now() + 3_600_000 }) };
  const transport = graph({ credential, baseUrl: `https://127.0.0.1:${port}/v1.0` });
  expect(await save(transport)).toMatchObject({
    kind: 'rejected',
    scope: 'run',
    error: { code: 'connection_failed', hint: expect.stringContaining('NODE_EXTRA_CA_CERTS') as string },
  });
  expect(requests).toBe(0);
  await transport.close();
  await new Promise((resolve) => server.close(resolve));
});
