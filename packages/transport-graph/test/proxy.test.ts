import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { graph, type TokenCredential } from '@appointed/transport-graph';
import { afterEach, expect, it, vi } from 'vitest';
import { address, graphTo, startContoso } from './contoso.js';
import { save, saved } from './placing.js';

const credential: TokenCredential = {
  getToken: () => Promise.resolve({ token: 'a-token', expiresOnTimestamp: Date.now() + 3_600_000 }),
};

afterEach(() => void vi.unstubAllEnvs());

/** A proxy that makes no tunnels, and keeps to where they were to go. */
async function refusingProxy(): Promise<AsyncDisposable & { readonly url: string; readonly targets: string[] }> {
  const targets: string[] = [];
  const server = createServer();
  server.on('connect', ({ url = '' }, socket) => {
    targets.push(url);
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    targets,
    async [Symbol.asyncDispose]() {
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

it('Graph is reached through the proxy that the environment names', async () => {
  await using proxy = await refusingProxy();
  vi.stubEnv('HTTPS_PROXY', proxy.url);
  const transport = graph({ credential });
  expect(await save(transport)).toMatchObject({ kind: 'deferred', error: { code: 'connection_failed' } });
  expect(proxy.targets).toEqual(['graph.microsoft.com:443']);
  await transport.close();
});

it('this machine is reached without one', async () => {
  vi.stubEnv('HTTP_PROXY', 'http://127.0.0.1:1');
  await using exchange = await startContoso(1);
  const transport = graphTo(exchange);
  await saved(transport);
  expect(exchange.items(address(0))).toHaveLength(1);
  await transport.close();
});

it('a proxy that is none is refused, and not shown', () => {
  vi.stubEnv('HTTPS_PROXY', 'a secret');
  const refusal = { code: 'invalid_options', message: expect.not.stringContaining('a secret') as string };
  expect(() => graph({ credential })).toThrow(expect.objectContaining(refusal) as Error);
});
